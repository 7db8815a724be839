#include "analyze/language.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>
#include <utility>

#include "analyze/language_features.h"
#include "analyze/language_letters.h"

namespace tidings::analyze {
namespace {

// Below, four of five answers would be wrong: nothing is said.
constexpr double kConfidenceMin = 0.25;

// Enough was read when the first is ahead of the second by so much (in units of the model's
// weights).
constexpr std::int32_t kDecided = 300;
constexpr std::size_t kLettersBeforeDecision = 36;

constexpr std::size_t kWordsRemembered = 64;

// How much likelier an article is in these than in any other language, as log-odds: chosen by hand.
constexpr std::array<std::pair<std::string_view, double>, 7> kNewsPriors = {
    {{"en", 3.0}, {"es", 1.0}, {"de", 1.0}, {"fr", 1.0}, {"pt", 0.7}, {"it", 0.7}, {"nl", 0.3}}};
constexpr std::size_t kHeadlineLettersMin = 20;

// Words with a capital letter are often names, which may be of any language: of what they say so
// many quarters count, and fewer where a short text has nothing else.
constexpr std::int32_t kNameQuarters = 3;
constexpr std::int32_t kNameAloneQuarters = 2;
// "Real Madrid - FC Barcelona" may stand above an article in any language.
constexpr std::size_t kNamesLettersMax = 32;
constexpr double kSureOfNames = 0.5;

// What is so much less likely than the likeliest is not worth an exponential.
constexpr double kLogOddsMin = -30;

// Of a script with one language a letter or two are a formula's.
constexpr std::size_t kLettersOfOwnScriptMin = 3;

// Scripts with one language alone are decided by their letters; these need the model.
constexpr std::array kScored = {Script::Latin, Script::Cyrillic, Script::Arabic, Script::Devanagari,
                                Script::Han};

// kScored.size() where it is not among them.
std::size_t place_of(Script script) {
  return static_cast<std::size_t>(std::ranges::find(kScored, script) - kScored.begin());
}

// How much a letter counts when scripts are compared. Names and the web's forms stand in Latin
// letters in texts of every script, but hardly the other way round; and one of Han, Kana or Hangul
// says as much as several of an alphabet.
std::size_t weight_of(const LetterRun& run) {
  switch (run.script) {
    case Script::Latin:
      return run.capitals ? 1 : 2;
    case Script::Han:
    case Script::Kana:
    case Script::Hangul:
      return 12;
    default:
      return 6;
  }
}

// Where the last byte is that begins a letter beyond Latin; 0 where there is none. What a page has
// around its text is often in Latin letters and comes first: it must not decide alone. (0xE1 begins
// Vietnamese, 0xE2 punctuation.)
std::size_t end_of_other_letters(std::string_view text) {
  for (std::size_t at = text.size(); at > 0; --at) {
    const auto byte = static_cast<unsigned char>(text[at - 1]);
    if ((byte >= 0xCE && byte <= 0xE0) || (byte >= 0xE3 && byte <= 0xED)) return at;
  }
  return 0;
}

// What a text says, gathered run by run.
class Reading {
 public:
  enum class Of : bool { Anything, News };
  explicit Reading(const LanguageModel& model, Of of = Of::Anything)
      : model_(model), is_news_(of == Of::News) {
    for (const Script script : kScored) scores_[place_of(script)] = model.priors(script);
  }

  void add(std::string_view text) {
    const std::size_t other_letters_end = end_of_other_letters(text);
    LetterRuns runs(text);
    LetterRun run;
    while (runs.next(run)) {
      add(run);
      if (decided_ && (run.script != Script::Latin || runs.position() >= other_letters_end)) return;
    }
  }

  LanguageGuess guess() const {
    const Script script = main_script();
    if (script == Script::None) return {};
    const auto languages = model_.languages(script);
    if (languages.empty()) return {};
    if (languages.size() == 1) return only_language_of(script);
    return best_of(script);
  }

 private:
  void add(const LetterRun& run) {
    const auto script = static_cast<std::size_t>(run.script);
    weights_[script] += run.size * weight_of(run);
    if (is_laughter(run) || was_read(run)) return;
    letters_[script] += run.size;
    const std::size_t place = place_of(run.script);
    if (place >= kScored.size()) return;
    LanguageScores& scores = run.capitals ? of_names_[place] : scores_[place];
    for_each_feature(run, [&](std::uint32_t feature) { model_.add(feature, scores); });
    if (!run.capitals && letters_[script] >= kLettersBeforeDecision && ++runs_ % 2 == 0)
      decided_ = is_decided(scores);
  }

  // "aaaaaa", "hahaha".
  static bool is_laughter(const LetterRun& run) {
    constexpr std::size_t kLettersMin = 5;
    std::size_t at = 2;
    while (at < run.size && run.letters[at] == run.letters[at - 2]) ++at;
    return at == run.size && run.size >= kLettersMin;
  }

  // A word that comes again says nothing new, however often it does. Only the words that were read
  // last are remembered: of those that others have pushed out the text has enough besides.
  bool was_read(const LetterRun& run) {
    constexpr std::size_t kLettersAtOnce = 4;
    static_assert(kWordLettersMax % kLettersAtOnce == 0);
    std::uint64_t hash = run.size;
    for (std::size_t at = 0; at < run.size; at += kLettersAtOnce) {
      std::uint64_t letters;
      std::memcpy(&letters, &run.letters[at], sizeof letters);
      if (run.size - at < kLettersAtOnce)
        letters &= (std::uint64_t{1} << (16 * (run.size - at))) - 1;
      hash = (hash ^ letters) * 0x9E3779B97F4A7C15U;
      hash ^= hash >> 32U;
    }
    std::uint64_t& remembered = read_[hash % kWordsRemembered];
    return std::exchange(remembered, hash) == hash;
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

  std::size_t weight(Script script) const { return weights_[static_cast<std::size_t>(script)]; }

  // Japanese is written in Kana and Han together.
  Script main_script() const {
    constexpr std::size_t kKanaShareMin = 20;
    auto weights = weights_;
    auto& kana = weights[static_cast<std::size_t>(Script::Kana)];
    auto& han = weights[static_cast<std::size_t>(Script::Han)];
    if (kana * kKanaShareMin > han) kana += std::exchange(han, 0);
    const auto most = std::ranges::max_element(weights);
    return *most == 0 ? Script::None : static_cast<Script>(most - weights.begin());
  }

  // Of the text that is in the script.
  double share(Script script) const {
    const std::size_t all = std::accumulate(weights_.begin(), weights_.end(), std::size_t{0});
    const std::size_t own = weight(script) + (script == Script::Kana ? weight(Script::Han) : 0);
    return static_cast<double>(own) / static_cast<double>(all);
  }

  LanguageGuess only_language_of(Script script) const {
    const bool syllables = script == Script::Hangul || script == Script::Kana;
    if (!syllables && letters_[static_cast<std::size_t>(script)] < kLettersOfOwnScriptMin)
      return {};
    return {.code = std::string(model_.languages(script)[0]), .confidence = share(script)};
  }

  // A few words with a capital letter each, and nothing else.
  bool has_names_alone(Script script, std::size_t letters_max) const {
    return letters_[static_cast<std::size_t>(script)] < letters_max &&
           scores_[place_of(script)] == model_.priors(script);
  }

  LanguageScores scores_of(Script script) const {
    LanguageScores scores = scores_[place_of(script)];
    const LanguageScores& of_names = of_names_[place_of(script)];
    const std::int32_t quarters =
        has_names_alone(script, kHeadlineLettersMin) ? kNameAloneQuarters : kNameQuarters;
    for (std::size_t at = 0; at < scores.size(); ++at) scores[at] += of_names[at] * quarters / 4;
    return scores;
  }

  LanguageGuess best_of(Script script) const {
    const auto languages = model_.languages(script);
    LanguageScores scores = scores_of(script);
    favor_news(script, scores);
    const auto end = scores.begin() + static_cast<std::ptrdiff_t>(languages.size());
    const auto best = std::max_element(scores.begin(), end);
    const std::size_t letters = letters_[static_cast<std::size_t>(script)];
    const double temperature = model_.temperature(letters);
    double sum = 0;
    for (auto score = scores.begin(); score != end; ++score) {
      const double log_odds = temperature * (*score - *best);
      if (log_odds > kLogOddsMin) sum += std::exp(log_odds);
    }
    const double sure = is_news_ && has_names_alone(script, kNamesLettersMax) ? kSureOfNames : 1;
    return {
        .code = std::string(languages[static_cast<std::size_t>(best - scores.begin())]),
        .confidence = std::min(sure, share(script) * calibrated(1 / sum, model_.slope(letters)))};
  }

  static double calibrated(double probability, double slope) {
    if (probability >= 1) return 1;
    return 1 / (1 + std::pow((1 - probability) / probability, slope));
  }

  // A headline of names could be of any language; most such headlines that come in are of these.
  // Single words are not headlines.
  void favor_news(Script script, LanguageScores& scores) const {
    const std::size_t letters = letters_[static_cast<std::size_t>(script)];
    if (!is_news_ || letters < kHeadlineLettersMin) return;
    const auto languages = model_.languages(script);
    const double temperature = model_.temperature(letters);
    for (const auto& [code, log_odds] : kNewsPriors) {
      const auto found = std::ranges::find(languages, code);
      if (found == languages.end()) continue;
      scores[static_cast<std::size_t>(found - languages.begin())] +=
          static_cast<std::int32_t>(log_odds / temperature);
    }
  }

  const LanguageModel& model_;
  bool is_news_ = false;
  std::array<LanguageScores, kScored.size()> scores_{};
  std::array<std::size_t, kScripts> letters_{};
  std::array<std::size_t, kScripts> weights_{};
  std::array<LanguageScores, kScored.size()> of_names_{};
  std::array<std::uint64_t, kWordsRemembered> read_{};
  std::size_t runs_ = 0;
  bool decided_ = false;
};

LanguageGuess if_likely(const LanguageGuess& guess) {
  return guess.confidence < kConfidenceMin ? LanguageGuess{} : guess;
}

}  // namespace

std::string_view language_beginning(std::string_view text) {
  if (text.size() <= kLanguageBytesMax) return text;
  const std::string_view cut = text.substr(0, kLanguageBytesMax);
  const std::size_t blank = cut.rfind(' ');
  return blank == std::string_view::npos ? cut : cut.substr(0, blank);
}

LanguageGuess likeliest_language(const LanguageModel& model, std::string_view text) {
  Reading reading(model);
  reading.add(language_beginning(text));
  return reading.guess();
}

LanguageGuess identify_language(std::string_view text) {
  return if_likely(likeliest_language(LanguageModel::shipped(), text));
}

LanguageGuess identify_language(std::string_view title, std::string_view text) {
  Reading reading(LanguageModel::shipped(), Reading::Of::News);
  reading.add(language_beginning(text));
  reading.add(title.substr(0, kLanguageTitleBytesMax));
  return if_likely(reading.guess());
}

}  // namespace tidings::analyze
