#include "analyze/keyphrases.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>

#include "analyze/speech_words.h"
#include "text/abbreviations.h"
#include "text/stop_words.h"

namespace tidings::analyze {
namespace {

using text::Letters;
using text::Word;

constexpr std::size_t kWordsMax = 20'000;
constexpr std::size_t kPhraseWordsMax = 3;
constexpr std::size_t kPossessivesMax = 50;  // different ones that are joined with their name
constexpr std::size_t kTitleBytesMax = 8;    // of an abbreviated one
constexpr std::uint32_t kNone = 0xFFFFFFFF;

// What is known of a word's stem or of a phrase of stems.
struct Candidate {
  std::uint32_t first = kNone;  // word where it first stands
  std::uint32_t shown = kNone;  // word where it is best taken from
  std::uint16_t words = 1;
  std::uint32_t count = 0;
  std::uint32_t capitals = 0;
  std::uint32_t letters = 0;  // bytes of all occurrences
  double score = 0;
};

// What a score is the product of.
struct Factors {
  double times = 0;  // how often it is said
  double words = 1;  // how long a word is; how common the words of a phrase are
  double name = 1;   // below 1 for names
  double early = 1;  // how near the beginning it stands first

  double product() const { return times * words * name * early; }
  std::vector<Evidence> evidence() const {
    return {{.text = "how often", .weight = times},
            {.text = "its words", .weight = words},
            {.text = "not a name", .weight = name},
            {.text = "how early", .weight = early}};
  }
};

// Phrases by their stems: an open hash that is made once and never grows.
class Phrases {
 public:
  explicit Phrases(std::size_t words) : slots_(std::bit_ceil(words * 4 + 16)) {}

  // `key`: the stems' numbers plus one, 21 bits each. The answer holds until the next call.
  Candidate& at(std::uint64_t key) {
    std::size_t slot = (key * 0x9E3779B97F4A7C15ULL) >> 20 & (slots_.size() - 1);
    while (slots_[slot] != 0 && keys_[slots_[slot] - 1] != key)
      slot = (slot + 1) & (slots_.size() - 1);
    if (slots_[slot] == 0) {
      keys_.push_back(key);
      candidates_.emplace_back();
      slots_[slot] = static_cast<std::uint32_t>(keys_.size());
    }
    return candidates_[slots_[slot] - 1];
  }
  std::span<Candidate> all() { return candidates_; }

 private:
  std::vector<std::uint32_t> slots_;  // which phrase, from 1; 0: none
  std::vector<std::uint64_t> keys_;
  std::vector<Candidate> candidates_;
};

class Finder {
 public:
  explicit Finder(const Document& document)
      : segments_(document.segments),
        words_(segments_.words().first(std::min(segments_.words().size(), kWordsMax))),
        title_end_(document.title_end),
        nouns_are_capitalized_(document.language == "de"),
        stop_words_(document.language),
        abbreviations_(document.language),
        speech_(document.language) {}

  std::vector<Keyphrase> find(std::size_t count_max, Explain explain) {
    if (!stop_words_.knows_language() || words_.empty()) return {};
    mark_content();
    count_words();
    count_phrases();
    return best(ranked(), count_max, explain);
  }

 private:
  // Which forms may be (in) a keyphrase.
  void mark_content() {
    // Forms and stems are numbered as they come: those of later words are behind.
    std::uint32_t form_end = 0;
    for (const Word& word : words_) form_end = std::max(form_end, word.form + 1);
    const auto forms = segments_.forms().first(form_end);
    is_content_.resize(forms.size());
    stem_of_.resize(forms.size());
    for (std::size_t i = 0; i < forms.size(); ++i) {
      is_content_[i] = may_be_content(forms[i].lower);
      stem_of_[i] = forms[i].stem;
    }
    join_possessives(forms);
  }

  // "Dr", "vs" and "told" say nothing of what an article is about.
  bool may_be_content(std::string_view lowered) const {
    return lowered.size() > 1 && !stop_words_.contains(lowered) && !speech_.is_verb(lowered) &&
           (lowered.size() > kTitleBytesMax || !is_title(lowered));
  }

  bool is_title(std::string_view lowered) const {
    constexpr auto kShort = std::to_array<std::string_view>({"jr", "sr", "vs"});
    return abbreviations_.abbreviation(lowered) == text::Abbreviation::BeforeNames ||
           std::ranges::find(kShort, lowered) != kShort.end();
  }

  // "Musk’s" is a form of "Musk": stemmers know the straight apostrophe only.
  void join_possessives(std::span<const text::Form> forms) {
    std::size_t looked_for = 0;
    for (std::size_t i = 0; i < forms.size() && looked_for < kPossessivesMax; ++i) {
      const std::size_t bytes = possessive_bytes(forms[i].lower);
      if (bytes <= 2) continue;
      ++looked_for;
      const std::string_view name = forms[i].lower.substr(0, forms[i].lower.size() - bytes);
      const auto base = std::ranges::find(forms, name, &text::Form::lower);
      if (base != forms.end()) stem_of_[i] = base->stem;
    }
  }

  static std::size_t possessive_bytes(std::string_view word) {
    for (const std::string_view ending : {"'s", "’s"})
      if (word.size() > ending.size() && word.ends_with(ending)) return ending.size();
    return 0;
  }

  bool is_content(const Word& word) const {
    return word.letters != Letters::Number && is_content_[word.form];
  }
  std::uint32_t stem_of(const Word& word) const { return stem_of_[word.form]; }

  void count_words() {
    std::uint32_t stem_end = 0;
    for (const Word& word : words_) stem_end = std::max(stem_end, stem_of(word) + 1);
    stems_.resize(stem_end);
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      if (is_content(words_[i])) add(stems_[stem_of(words_[i])], i, i, 1);
    }
  }

  // Only stems that come twice can make a phrase that does.
  void count_phrases() {
    std::uint32_t repeated = 0;
    for (const Word& word : words_) {
      if (is_content(word) && stems_[stem_of(word)].count > 1) ++repeated;
    }
    phrases_ = Phrases(repeated);
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      std::uint64_t key = 0;
      for (std::uint32_t j = i; j < words_.size() && j - i < kPhraseWordsMax; ++j) {
        if (!goes_on(i, j)) break;
        key = key << 21 | (stem_of(words_[j]) + 1);
        if (j > i) add(phrases_.at(key), i, j, static_cast<std::uint16_t>(j - i + 1));
      }
    }
  }

  // May the word at `j` be of a phrase that begins at `i`?
  bool goes_on(std::uint32_t i, std::uint32_t j) const {
    const Word& word = words_[j];
    if (!is_content(word) || stems_[stem_of(word)].count < 2) return false;
    if (j == i) return true;
    if (word.sentence != words_[i].sentence) return false;
    const std::string_view gap =
        segments_.text().substr(words_[j - 1].end, word.begin - words_[j - 1].end);
    return gap == " " || gap == "-" || gap.empty() || gap == "\n";
  }

  void add(Candidate& candidate, std::uint32_t first, std::uint32_t last, std::uint16_t words) {
    if (candidate.count++ == 0) candidate.first = first;
    candidate.words = words;
    candidate.letters += words_[last].end - words_[first].begin;
    const Letters letters = words_[first].letters;
    candidate.capitals += letters == Letters::Capitalized || letters == Letters::Upper ? 1 : 0;
    if (!is_shown_well(first)) return;
    // "LOS ANGELES" only where it is never written otherwise.
    const bool is_better =
        candidate.shown == kNone ||
        (words_[candidate.shown].letters == Letters::Upper && letters != Letters::Upper);
    if (is_better) candidate.shown = first;
  }

  // Inside of a sentence that is not a title, capitals mean something.
  bool is_shown_well(std::uint32_t word) const {
    return word > segments_.sentences()[words_[word].sentence].first_word &&
           words_[word].begin > title_end_;
  }

  double earliness(const Candidate& candidate) const {
    constexpr double kEarlyWords = 150;
    return 1 + std::exp(-static_cast<double>(candidate.first) / kEarlyWords);
  }

  // A word that is long and comes often and early. Names come as often as they are talked of, so
  // that they would crowd out the rest.
  Factors word_factors(const Candidate& word) const {
    constexpr double kFullLetters = 8;
    constexpr double kNameWeight = 0.75;
    const double letters = static_cast<double>(word.letters) / word.count;
    const bool is_name = word.capitals * 2 > word.count && !nouns_are_capitalized_;
    return {.times = static_cast<double>(word.count),
            .words = std::clamp(letters / kFullLetters, 0.4, 1.0),
            .name = is_name ? kNameWeight : 1.0,
            .early = earliness(word)};
  }

  Factors phrase_factors(const Candidate& phrase) const {
    constexpr double kPhraseWeight = 0.42;
    double words = 0;
    for (std::uint32_t i = 0; i < phrase.words; ++i) {
      words += stems_[stem_of(words_[phrase.first + i])].count;
    }
    return {.times = std::pow(phrase.count, 1.2),
            .words = kPhraseWeight * std::sqrt(words / phrase.words),
            .early = earliness(phrase)};
  }

  Factors factors(const Candidate& candidate) const {
    return candidate.words == 1 ? word_factors(candidate) : phrase_factors(candidate);
  }

  std::vector<Candidate> ranked() {
    std::vector<Candidate> candidates;
    for (Candidate& word : stems_) {
      if (word.count == 0) continue;
      word.score = word_factors(word).product();
      candidates.push_back(word);
    }
    for (Candidate& phrase : phrases_.all()) {
      if (phrase.count < 2) continue;
      phrase.score = phrase_factors(phrase).product();
      candidates.push_back(phrase);
    }
    return candidates;
  }

  std::vector<Keyphrase> best(std::vector<Candidate> candidates, std::size_t count_max,
                              Explain explain) const {
    // More than are asked for, since some will be parts of others.
    const std::size_t looked_at = std::min(candidates.size(), count_max * 3 + 8);
    const auto is_better = [](const Candidate& a, const Candidate& b) {
      if (a.score != b.score) return a.score > b.score;
      return a.first != b.first ? a.first < b.first : a.words > b.words;
    };
    std::ranges::partial_sort(
        candidates, candidates.begin() + static_cast<std::ptrdiff_t>(looked_at), is_better);
    candidates.resize(looked_at);
    std::vector<Candidate> chosen;
    for (const Candidate& candidate : candidates) {
      if (chosen.size() == count_max) break;
      const bool is_said = std::ranges::any_of(
          chosen, [&](const Candidate& other) { return is_part(candidate, other); });
      if (!is_said) chosen.push_back(candidate);
    }
    std::vector<Keyphrase> found;
    found.reserve(chosen.size());
    for (const Candidate& candidate : chosen) {
      found.push_back({.text = shown(candidate), .score = candidate.score / chosen.front().score});
      if (explain == Explain::Yes) found.back().evidence = factors(candidate).evidence();
    }
    return found;
  }

  // Does `part` come only as a part of `whole`?
  bool is_part(const Candidate& part, const Candidate& whole) const {
    if (part.words >= whole.words || part.count > whole.count) return false;
    for (std::uint32_t offset = 0; offset + part.words <= whole.words; ++offset) {
      bool is_same = true;
      for (std::uint32_t i = 0; i < part.words; ++i) {
        is_same &= stem_of(words_[whole.first + offset + i]) == stem_of(words_[part.first + i]);
      }
      if (is_same) return true;
    }
    return false;
  }

  std::string shown(const Candidate& candidate) const {
    const std::uint32_t first = candidate.shown == kNone ? candidate.first : candidate.shown;
    const std::uint32_t begin = words_[first].begin;
    std::string text(
        segments_.text().substr(begin, words_[first + candidate.words - 1].end - begin));
    std::ranges::replace(text, '\n', ' ');
    text.resize(text.size() - possessive_bytes(text));
    return text;
  }

  const text::Segments& segments_;
  std::span<const Word> words_;
  std::size_t title_end_;
  bool nouns_are_capitalized_;
  text::StopWords stop_words_;
  text::SentenceWords abbreviations_;
  SpeechWords speech_;
  std::vector<bool> is_content_;        // by form
  std::vector<std::uint32_t> stem_of_;  // by form
  std::vector<Candidate> stems_;        // by stem
  Phrases phrases_{0};
};

}  // namespace

std::vector<Keyphrase> keyphrases(const Document& document, std::size_t count_max,
                                  Explain explain) {
  return Finder(document).find(count_max, explain);
}

}  // namespace tidings::analyze
