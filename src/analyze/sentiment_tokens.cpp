#include "analyze/sentiment_tokens.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "analyze/sentiment_shifts.h"
#include "text/lower.h"

namespace tidings::analyze {
namespace {

using text::Letters;

// How VADER weighs context (Hutto & Gilbert 2014), whose valences these are.
constexpr float kNegated = -0.74F;
constexpr float kCapitals = 0.733F;  // points that CAPITALS add
constexpr std::array<float, 3> kBoostByDistance = {1.0F, 0.95F, 0.9F};
constexpr float kBeforeContrast = 0.5F;
constexpr float kAfterContrast = 1.5F;
constexpr std::size_t kReach = 3;  // words over which negators and intensifiers reach

constexpr float kQuotedWeight = 0.5F;         // what somebody else said, the article only reports
constexpr std::uint32_t kQuotedWordsMin = 4;  // a word or two in quotation marks are the author's
constexpr std::size_t kSymbolBytesMax = 12;
constexpr std::uint8_t kMarksMax = 8;
constexpr float kPointsPerUnit = 1.0F / 25;

struct KnownForm {
  std::uint32_t key = 0;
  const ToneEntry* entry = nullptr;
};

bool is_negating_contraction(std::string_view form) {
  return form.ends_with("n't") || form.ends_with("n’t");
}

class Reader {
 public:
  Reader(const Document& document, const SentimentLexicon& lexicon)
      : segments_(document.segments),
        lexicon_(lexicon),
        seed_(tone_seed(document.language)),
        symbol_seed_(tone_seed("")),
        is_english_(document.language == "en"),
        names_have_no_tone_(!is_english_ && document.language != "de"),
        negates_late_(document.language == "de" || document.language == "nl") {}

  ToneTokens run() {
    look_up_forms();
    read_words();
    for (std::size_t i = 0; i + 1 < done_.sentence_begin.size(); ++i) weigh(sentence(i));
    return std::move(done_);
  }

 private:
  void look_up_forms() {
    static constexpr ToneEntry kNegation{.kind = ToneKind::Negator};
    const auto forms = segments_.forms();
    forms_.reserve(forms.size());
    for (const text::Form& form : forms) {
      forms_.push_back({.key = tone_key(seed_, form.lower)});
      lexicon_.prefetch(forms_.back().key);
    }
    for (std::size_t i = 0; i < forms.size(); ++i) {
      const std::string_view lower = forms[i].lower;
      const bool is_negation = is_english_ && is_negating_contraction(lower);
      const ToneEntry* entry =
          is_english_ ? lexicon_.find(forms_[i].key) : lexicon_.find_word(seed_, lower);
      forms_[i].entry = is_negation ? &kNegation : entry;
    }
    // Stems are features of the trained weights, which are English.
    if (is_english_) stems_.resize(segments_.stem_count());
  }

  void read_words() {
    const auto all = segments_.words();
    const auto words = all.first(std::min(all.size(), kToneWordsMax));
    done_.tokens.reserve(words.size() + 8);
    std::uint32_t gap_begin = 0;
    for (const text::Word& word : words) {
      const bool is_first = done_.sentence_begin.size() <= word.sentence;
      const bool is_break = read_gap(gap_begin, word.begin);
      // The gap before a sentence's first word ends the sentence before it.
      while (done_.sentence_begin.size() <= word.sentence)
        done_.sentence_begin.push_back(static_cast<std::uint32_t>(done_.tokens.size()));
      add_word(word, is_first, is_break);
      gap_begin = word.end;
    }
    if (words.size() == all.size())
      read_gap(gap_begin, static_cast<std::uint32_t>(segments_.text().size()));
    close_quotation();
    if (done_.sentence_begin.empty()) done_.sentence_begin.push_back(0);
    done_.sentence_begin.push_back(static_cast<std::uint32_t>(done_.tokens.size()));
  }

  void add_word(const text::Word& word, bool is_first, bool is_break) {
    const KnownForm& form = forms_[word.form];
    ToneToken token{.key = form.key,
                    .stem = is_english_ ? stem_key(word) : form.key,
                    .begin = word.begin,
                    .end = word.end,
                    .sentence = word.sentence,
                    .letters = word.letters};
    if (form.entry != nullptr) {
      token.valence = static_cast<float>(form.entry->valence) * kPointsPerUnit;
      token.second = static_cast<float>(form.entry->second) * kPointsPerUnit;
      token.kind = form.entry->kind;
      if (token.kind == ToneKind::Intensifier) token.valence = 0;
    }
    boosts_.push_back(form.entry == nullptr ? 0 : static_cast<float>(form.entry->boost) / 100);
    token.is_name = !is_first && word.letters != Letters::Lower &&
                    word.letters != Letters::Uncased && word.letters != Letters::Number;
    if (names_have_no_tone_ && token.is_name && token.letters == Letters::Capitalized)
      token.valence = token.second = 0;
    token.follows_break = is_break;
    token.is_quoted = quotation_begin_.has_value();
    done_.tokens.push_back(token);
  }

  std::uint32_t stem_key(const text::Word& word) {
    std::uint32_t& key = stems_[segments_.forms()[word.form].stem];
    if (key == 0) key = tone_key(seed_ + 1, segments_.stem(word));
    return key;
  }

  // What stands between two words. Whether it parts clauses.
  bool read_gap(std::uint32_t begin, std::uint32_t end) {
    const std::string_view gap = segments_.text().substr(begin, end - begin);
    if (gap == " " || gap.empty()) return false;
    bool is_break = false;
    for (std::size_t i = 0; i < gap.size(); ++i) {
      const char c = gap[i];
      if (c == '!' || c == '?') count_mark(c);
      is_break |= c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '-';
      if (c == '\n') close_quotation();
      if (c == '"') toggle_quotation();
      if (static_cast<unsigned char>(c) >= 0x80) i += read_wide(gap, i, begin) - 1;
    }
    if (gap.size() > 1) read_emoticons(begin, end);
    return is_break;
  }

  void count_mark(char mark) {
    if (done_.tokens.empty()) return;
    ToneToken& last = done_.tokens.back();
    std::uint8_t& marks = mark == '!' ? last.exclamation_marks : last.question_marks;
    if (marks < kMarksMax) ++marks;
  }

  // A character beyond ASCII: a quotation mark, an emoji, or neither. Its length.
  std::size_t read_wide(std::string_view gap, std::size_t at, std::uint32_t gap_begin) {
    const std::size_t length = wide_length(gap, at);
    const std::string_view character = gap.substr(at, length);
    if (character == "“" || character == "«" || character == "„" || character == "»")
      toggle_quotation();
    else if (character == "”")
      close_quotation();
    else
      add_symbol(character, gap_begin + static_cast<std::uint32_t>(at));
    return length;
  }

  static std::size_t wide_length(std::string_view gap, std::size_t at) {
    std::size_t length = 1;
    while (at + length < gap.size() &&
           (static_cast<unsigned char>(gap[at + length]) & 0xC0U) == 0x80)
      ++length;
    return length;
  }

  // ":)" and such, also those that have a letter (":D"): whatever stands between two spaces.
  void read_emoticons(std::uint32_t begin, std::uint32_t end) {
    const std::string_view all = segments_.text();
    std::size_t at = begin;
    while (at > read_until_ && at > 0 && begin - at < 2 &&
           static_cast<unsigned char>(all[at - 1]) > ' ')
      --at;
    while (at < end) {
      while (at < end && static_cast<unsigned char>(all[at]) <= ' ') ++at;
      std::size_t stop = at;
      while (stop < all.size() && stop - at <= kSymbolBytesMax &&
             static_cast<unsigned char>(all[stop]) > ' ')
        ++stop;
      if (stop - at > 1 && stop - at <= kSymbolBytesMax && at >= read_until_) {
        add_symbol(text::lower(all.substr(at, stop - at)), static_cast<std::uint32_t>(at));
        read_until_ = stop;
      }
      at = std::max(stop, at + 1);
    }
  }

  void add_symbol(std::string_view symbol, std::uint32_t begin) {
    const std::uint32_t key = tone_key(symbol_seed_, symbol);
    const ToneEntry* entry = lexicon_.find(key);
    if (entry == nullptr) return;
    const auto size = static_cast<std::uint32_t>(symbol.size());
    done_.tokens.push_back(
        {.key = key,
         .stem = key,
         .begin = begin,
         .end = std::min(begin + size, static_cast<std::uint32_t>(segments_.text().size())),
         .valence = static_cast<float>(entry->valence) * kPointsPerUnit,
         .second = static_cast<float>(entry->second) * kPointsPerUnit,
         .letters = Letters::Uncased,
         .is_symbol = true,
         .is_quoted = quotation_begin_.has_value()});
    boosts_.push_back(0);
  }

  void toggle_quotation() {
    if (quotation_begin_)
      close_quotation();
    else
      quotation_begin_ = done_.tokens.size();
  }

  // Only now is it known how long it was.
  void close_quotation() {
    if (!quotation_begin_) return;
    const std::span<ToneToken> quoted = std::span(done_.tokens).subspan(*quotation_begin_);
    quotation_begin_.reset();
    if (quoted.size() < kQuotedWordsMin)
      for (ToneToken& token : quoted) token.is_quoted = false;
    else
      for (ToneToken& token : quoted) token.weight *= kQuotedWeight;
  }

  std::span<ToneToken> sentence(std::size_t number) {
    const std::uint32_t begin = done_.sentence_begin[number];
    return std::span(done_.tokens).subspan(begin, done_.sentence_begin[number + 1] - begin);
  }

  void weigh(std::span<ToneToken> sentence) const {
    if (sentence.empty()) return;
    const float* boosts = boosts_.data() + (sentence.data() - done_.tokens.data());
    const bool is_shouted = is_all_capitals(sentence);
    for (std::size_t i = 0; i < sentence.size(); ++i) {
      ToneToken& token = sentence[i];
      if (!token.is_symbol) apply_words_before(sentence, boosts, i);
      if (token.letters == Letters::Upper && !is_shouted) emphasize(token, kCapitals);
    }
    if (negates_late_) apply_late_negators(sentence, boosts);
    apply_shifts(sentence);
    apply_contrast(sentence);
  }

  static bool is_all_capitals(std::span<const ToneToken> sentence) {
    return std::none_of(sentence.begin(), sentence.end(), [](const ToneToken& token) {
      return token.letters == Letters::Lower || token.letters == Letters::Capitalized;
    });
  }

  static void emphasize(ToneToken& token, float points) {
    const auto moved = [points](float valence) {
      return valence == 0 ? 0 : valence + (valence > 0 ? points : -points);
    };
    token.valence = moved(token.valence);
    token.second = moved(token.second);
  }

  static void apply_words_before(std::span<ToneToken> sentence, const float* boosts,
                                 std::size_t at) {
    ToneToken& token = sentence[at];
    const std::size_t reach = std::min(at, kReach);
    for (std::size_t back = 1; back <= reach; ++back) {
      const ToneToken& before = sentence[at - back];
      if (before.kind == ToneKind::Negator) token.is_negated = true;
      if (before.kind == ToneKind::Intensifier)
        emphasize(token, boosts[at - back] * kBoostByDistance[back - 1]);
    }
    if (!token.is_negated) return;
    token.valence *= kNegated;
    token.second *= kNegated;
  }

  static void apply_contrast(std::span<ToneToken> sentence) {
    const auto contrast =
        std::find_if(sentence.begin(), sentence.end(),
                     [](const ToneToken& token) { return token.kind == ToneKind::Contrast; });
    if (contrast == sentence.end() || contrast == sentence.begin()) return;
    for (auto token = sentence.begin(); token != sentence.end(); ++token) {
      const float factor = token < contrast ? kBeforeContrast : kAfterContrast;
      token->valence *= factor;
      token->second *= factor;
    }
  }

  const text::Segments& segments_;
  const SentimentLexicon& lexicon_;
  std::uint32_t seed_;
  std::uint32_t symbol_seed_;
  bool is_english_;
  // "Los Angeles": English writes headlines in capitals, and German its nouns.
  bool names_have_no_tone_;
  bool negates_late_;
  std::vector<KnownForm> forms_;
  std::vector<std::uint32_t> stems_;
  std::vector<float> boosts_;
  std::optional<std::size_t> quotation_begin_;
  std::size_t read_until_ = 0;  // emoticons are looked for beyond this byte
  ToneTokens done_;
};

}  // namespace

ToneTokens tone_tokens(const Document& document, const SentimentLexicon& lexicon) {
  return Reader(document, lexicon).run();
}

}  // namespace tidings::analyze
