#include "analyze/language_explanation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "analyze/evidence.h"
#include "analyze/language.h"
#include "analyze/language_features.h"
#include "analyze/language_letters.h"
#include "analyze/language_model.h"
#include "core/utf8.h"

namespace tidings::analyze {
namespace {

struct ReadWord {
  std::string text;
  LanguageScores scores{};
};

// The words in the script, each once, and how many letters they have.
class Words {
 public:
  Words(const LanguageModel& model, Script script) : model_(model), script_(script) {}

  void read(std::string_view text) {
    LetterRuns runs(text);
    LetterRun run;
    while (runs.next(run)) {
      if (run.script == script_) add(run);
    }
  }

  std::size_t letters() const { return letters_; }

  // Of the language at `place` against the one that comes next.
  std::vector<Evidence> evidence_for(std::size_t place) const {
    const std::size_t rival = rival_of(place);
    const double unit = model_.temperature(letters_);
    std::vector<Evidence> noted;
    noted.reserve(words_.size());
    for (const ReadWord& word : words_)
      noted.push_back(
          {.text = word.text, .weight = unit * (word.scores[place] - word.scores[rival])});
    return strongest(noted);
  }

 private:
  void add(const LetterRun& run) {
    ReadWord word;
    for (std::size_t at = 0; at < run.size; ++at) append_utf8(word.text, run.letters[at]);
    if (std::ranges::find(words_, word.text, &ReadWord::text) != words_.end()) return;
    letters_ += run.size;
    for_each_feature(run, [&](std::uint32_t feature) { model_.add(feature, word.scores); });
    words_.push_back(std::move(word));
  }

  std::size_t rival_of(std::size_t place) const {
    LanguageScores sums = model_.priors(script_);
    for (const ReadWord& word : words_)
      for (std::size_t at = 0; at < sums.size(); ++at) sums[at] += word.scores[at];
    std::size_t rival = place == 0 ? 1 : 0;
    for (std::size_t at = 0; at < model_.languages(script_).size(); ++at)
      if (at != place && sums[at] > sums[rival]) rival = at;
    return rival;
  }

  const LanguageModel& model_;
  Script script_;
  std::vector<ReadWord> words_;
  std::size_t letters_ = 0;
};

}  // namespace

std::vector<Evidence> language_evidence(std::string_view title, std::string_view text,
                                        std::string_view code) {
  const LanguageModel& model = LanguageModel::shipped();
  std::vector<Evidence> found;
  std::size_t letters = 0;
  for (std::size_t number = 0; number < kScripts; ++number) {
    const auto script = static_cast<Script>(number);
    const auto languages = model.languages(script);
    const auto at = std::ranges::find(languages, code);
    if (at == languages.end()) continue;
    Words words(model, script);
    words.read(title.substr(0, kLanguageTitleBytesMax));
    words.read(language_beginning(text));
    // Some languages have two scripts.
    if (words.letters() <= letters) continue;
    letters = words.letters();
    found = languages.size() == 1
                ? std::vector<Evidence>{{.text = "its script", .weight = 1}}
                : words.evidence_for(static_cast<std::size_t>(at - languages.begin()));
  }
  return found;
}

}  // namespace tidings::analyze
