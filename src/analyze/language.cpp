#include "analyze/language.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "analyze/language_features.h"
#include "analyze/language_letters.h"
#include "analyze/language_model_bytes.h"
#include "core/check.h"

namespace tidings::analyze {
namespace {

// Below, the answer would be wrong more often than not by far: nothing is said.
constexpr double kConfidenceMin = 0.05;

// Enough was read when the first is ahead of the second by so much (in units of the model's
// weights).
constexpr std::int32_t kDecided = 500;
constexpr std::size_t kLettersBeforeDecision = 48;

// Scripts with one language alone are decided by their letters; these others need the model.
std::size_t place_of(Script script) {
  switch (script) {
    case Script::Latin:
      return 0;
    case Script::Cyrillic:
      return 1;
    case Script::Arabic:
      return 2;
    case Script::Devanagari:
      return 3;
    case Script::Han:
      return 4;
    default:
      return 5;
  }
}
constexpr std::size_t kScored = 5;

// Names and forms of the web in Latin letters stand in texts of every script, but hardly the other
// way round; and a letter of Han, Kana or Hangul says as much as several of an alphabet.
std::size_t weight_of(Script script) {
  switch (script) {
    case Script::Latin:
      return 1;
    case Script::Han:
    case Script::Kana:
    case Script::Hangul:
      return 4;
    default:
      return 2;
  }
}

// What a text says, gathered run by run.
class Evidence {
 public:
  explicit Evidence(const LanguageModel& model) : model_(model) {}

  void add(std::string_view text) {
    LetterRuns runs(text);
    LetterRun run;
    while (!decided_ && runs.next(run)) add(run);
  }

  LanguageGuess guess() const {
    const Script script = main_script();
    if (script == Script::None) return {};
    const auto languages = model_.languages(script);
    if (languages.empty()) return {};
    if (languages.size() == 1) return {std::string(languages[0]), share(script)};
    return best_of(script);
  }

 private:
  void add(const LetterRun& run) {
    std::size_t& letters = letters_[static_cast<std::size_t>(run.script)];
    letters += run.size * weight_of(run.script);
    const std::size_t place = place_of(run.script);
    if (place >= kScored) return;
    LanguageScores& scores = scores_[place];
    for_each_feature(run, [&](std::uint32_t feature) { model_.add(feature, scores); });
    if (letters >= kLettersBeforeDecision && ++runs_ % 4 == 0) decided_ = is_decided(scores);
  }

  static bool is_decided(const LanguageScores& scores) {
    std::int32_t first = 0;
    std::int32_t second = 0;
    for (const std::int32_t score : scores) {
      second = std::max(second, std::min(first, score));
      first = std::max(first, score);
    }
    return first - second > kDecided;
  }

  std::size_t letters(Script script) const { return letters_[static_cast<std::size_t>(script)]; }

  // Japanese is written in Kana and Han together.
  Script main_script() const {
    constexpr std::size_t kKanaShareMin = 20;
    auto counted = letters_;
    auto& kana = counted[static_cast<std::size_t>(Script::Kana)];
    auto& han = counted[static_cast<std::size_t>(Script::Han)];
    if (kana * kKanaShareMin > han) kana += std::exchange(han, 0);
    const auto most = std::max_element(counted.begin(), counted.end());
    return *most == 0 ? Script::None : static_cast<Script>(most - counted.begin());
  }

  double share(Script script) const {
    std::size_t sum = 0;
    for (const std::size_t count : letters_) sum += count;
    const std::size_t own = letters(script) + (script == Script::Kana ? letters(Script::Han) : 0);
    return static_cast<double>(own) / static_cast<double>(sum);
  }

  LanguageGuess best_of(Script script) const {
    const auto languages = model_.languages(script);
    const LanguageScores& scores = scores_[place_of(script)];
    const auto end = scores.begin() + static_cast<std::ptrdiff_t>(languages.size());
    const auto best = std::max_element(scores.begin(), end);
    const double temperature = model_.temperature(letters(script));
    double sum = 0;
    for (auto score = scores.begin(); score != end; ++score)
      sum += std::exp(temperature * (*score - *best));
    return {std::string(languages[static_cast<std::size_t>(best - scores.begin())]),
            share(script) / sum};
  }

  const LanguageModel& model_;
  std::array<LanguageScores, kScored> scores_{};
  std::array<std::size_t, kScripts> letters_{};
  std::size_t runs_ = 0;
  bool decided_ = false;
};

const LanguageModel& shipped() {
  static const LanguageModel model = [] {
    Result<LanguageModel> opened = LanguageModel::open(models::language_bin());
    CHECK(opened);
    return *std::move(opened);
  }();
  return model;
}

LanguageGuess if_likely(LanguageGuess guess) {
  return guess.confidence < kConfidenceMin ? LanguageGuess{} : guess;
}

}  // namespace

LanguageGuess likeliest_language(const LanguageModel& model, std::string_view text) {
  Evidence evidence(model);
  evidence.add(text.substr(0, kLanguageBytesMax));
  return evidence.guess();
}

LanguageGuess identify_language(std::string_view text) {
  return if_likely(likeliest_language(shipped(), text));
}

LanguageGuess identify_language(std::string_view title, std::string_view text) {
  constexpr std::size_t kTitleBytesMax = 256;
  Evidence evidence(shipped());
  evidence.add(text.substr(0, kLanguageBytesMax));
  evidence.add(title.substr(0, kTitleBytesMax));
  return if_likely(evidence.guess());
}

}  // namespace tidings::analyze
