#include "analyze/entity_features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

namespace tidings::analyze {
namespace {

// Each kind of feature has a number of its own; sides are offsets of it.
enum Kind : std::uint32_t {
  kBias = 1,
  kWord = 10,   // + side
  kPair = 20,   // + side
  kShape = 30,  // + side
  kShapePair = 40,
  kPrefix = 50,
  kSuffix = 60,  // + side
  kClass = 70,   // + side
  kClassPair = 80,
  kOwnClass = 85,  // + side, of one language alone
  kGap = 90,
  kNextGap = 91,
  kCase = 100,
  kLongName = 110,
  kRunWord = 120,  // before, after, first, last
  kRunClass = 130,
  kRunSize = 140,
  kRunSuffix = 150,
  kDefinition = 160,  // + where
  kLongSuffix = 165,
};

// A token beyond the sentence.
constexpr std::uint32_t kNone = 0xffffffffU;

template <std::size_t kSize>
constexpr std::array<std::uint32_t, kSize> hashes(
    const std::array<std::string_view, kSize>& words) {
  std::array<std::uint32_t, kSize> done = {};
  for (std::size_t at = 0; at < kSize; ++at) done[at] = word_hash(words[at]);
  return done;
}

template <std::size_t kSize>
bool is_any(const std::array<std::uint32_t, kSize>& words, std::uint32_t word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto kCopulas = hashes(std::to_array<std::string_view>(
    {"is", "was", "are", "were", "ist", "war", "est", "était", "es", "era", "è", "é", "foi"}));
constexpr auto kArticles =
    hashes(std::to_array<std::string_view>({"a", "an", "the", "one", "ein", "eine", "der", "die",
                                            "un", "une", "una", "uma", "um", "een"}));
constexpr auto kEndsOfNouns = hashes(std::to_array<std::string_view>(
    {"of",   "in",  "from", "by",    "for", "to",    "at",      "on",  "with",
     "near", "who", "that", "which", "and", "based", "located", "von", "aus",
     "de",   "du",  "des",  "del",   "di",  "do",    "da",      "van"}));

constexpr std::uint32_t kNouns = 1U << static_cast<unsigned>(WordClass::PersonNoun) |
                                 1U << static_cast<unsigned>(WordClass::GroupNoun) |
                                 1U << static_cast<unsigned>(WordClass::PlaceNoun) |
                                 1U << static_cast<unsigned>(WordClass::EventNoun) |
                                 1U << static_cast<unsigned>(WordClass::ArtifactNoun) |
                                 1U << static_cast<unsigned>(WordClass::WorkNoun) |
                                 1U << static_cast<unsigned>(WordClass::Title) |
                                 1U << static_cast<unsigned>(WordClass::OrganizationHead) |
                                 1U << static_cast<unsigned>(WordClass::EventHead) |
                                 1U << static_cast<unsigned>(WordClass::PlaceHead) |
                                 1U << static_cast<unsigned>(WordClass::ProductHead);

std::uint32_t end_of_sentence(const EntityText& text, const EntityRun& run) {
  constexpr std::uint32_t kWords = 24;
  const auto last = std::min<std::size_t>(text.tokens.size(), run.end + kWords);
  std::uint32_t end = run.end;
  while (end < last && !text.tokens[end].begins_sentence) ++end;
  return end;
}

class Reader {
 public:
  Reader(const EntityText& text, const EntityRun& run, std::uint32_t token, FeatureList& out)
      : text_(text), run_(run), token_(token), out_(out) {}

  void read() {
    const EntityToken& here = text_.tokens[token_];
    out_.add(kBias, style());
    add_words(here);
    add_writing(here);
    add_classes(here);
    add_long_names();
    add_run();
  }

 private:
  // How much capitals say here, which differs by language.
  std::uint32_t style() const {
    const auto language = static_cast<std::uint32_t>(text_.language);
    return 4 * language + (run_.is_upper ? 2U : run_.is_headline ? 1U : 0U);
  }

  const EntityToken* at(int side) const {
    const std::int64_t index = std::int64_t{token_} + side;
    if (index < 0 || index >= static_cast<std::int64_t>(text_.tokens.size())) return nullptr;
    for (std::int64_t step = side > 0 ? token_ + 1 : index + 1;
         step <= std::max<std::int64_t>(index, token_); ++step)
      if (text_.tokens[static_cast<std::size_t>(step)].begins_sentence) return nullptr;
    return &text_.tokens[static_cast<std::size_t>(index)];
  }

  std::uint32_t word(int side) const {
    const EntityToken* token = at(side);
    return token == nullptr ? kNone : token->hash;
  }

  std::uint32_t shape(int side) const {
    const EntityToken* token = at(side);
    return token == nullptr ? kNone : run_.is_upper ? 0 : token->shape;
  }

  void add_words(const EntityToken& here) {
    for (int side = -2; side <= 2; ++side)
      out_.add(kWord + static_cast<std::uint32_t>(side + 2), word(side));
    out_.add(kPair, joined_hash(word(-1), here.hash));
    out_.add(kPair + 1, joined_hash(here.hash, word(1)));
  }

  void add_writing(const EntityToken& here) {
    out_.add(kPrefix, here.prefix);
    out_.add(kSuffix, here.suffix);
    out_.add(kLongSuffix, here.long_suffix);
    if (const EntityToken* next = at(1); next != nullptr) out_.add(kSuffix + 1, next->suffix);
    if (const EntityToken* before = at(-1); before != nullptr)
      out_.add(kSuffix + 2, before->suffix);
    for (int side = -1; side <= 1; ++side)
      out_.add(kShape + static_cast<std::uint32_t>(side + 1), shape(side));
    out_.add(kShapePair, joined_hash(shape(-1), shape(0)));
    out_.add(kShapePair + 1, joined_hash(shape(0), shape(1)));
    out_.add(kShapePair + 2, joined_hash(joined_hash(shape(-1), shape(0)), shape(1)));
    const EntityToken* next = at(1);
    out_.add(kGap, static_cast<std::uint32_t>(here.gap));
    out_.add(kNextGap, next == nullptr ? 99
                                       : static_cast<std::uint32_t>(next->gap) +
                                             (here.is_possessive ? 50U : 0U));
    const bool is_common = here.classes.has(WordClass::Common);
    const std::uint32_t seen = (text_.seen_lower[here.form] != 0 ? 1U : 0U) |
                               (text_.seen_inside[here.form] != 0 ? 2U : 0U) |
                               (here.begins_sentence ? 4U : 0U) | (is_common ? 8U : 0U) |
                               style() << 4U;
    out_.add(kCase, seen);
    out_.add(kCase + 1, joined_hash(seen, shape(0)));
    out_.add(kCase + 2, joined_hash(seen, shape(1)));
  }

  void add_classes(const EntityToken& here) {
    constexpr std::uint32_t kAll = ~(1U << static_cast<unsigned>(WordClass::StartsName));
    for (int side = -2; side <= 2; ++side) {
      const EntityToken* token = at(side);
      if (token == nullptr) continue;
      const std::uint32_t kind = kClass + static_cast<std::uint32_t>(side + 2);
      const std::uint32_t bits = token->classes.bits & kAll;
      for (std::uint32_t rest = bits; rest != 0; rest &= rest - 1)
        out_.add(kind, static_cast<std::uint32_t>(std::countr_zero(rest)));
      if (side < -1 || side > 1) continue;
      out_.add(kind, bits ^ 0x80000000U);
      if (text_.language != EntityLanguage::English)
        out_.add(kOwnClass + static_cast<std::uint32_t>(side + 1), joined_hash(style(), bits));
    }
    const EntityToken* next = at(1);
    const EntityToken* before = at(-1);
    if (next != nullptr)
      out_.add(kClassPair, joined_hash(here.classes.bits & kAll, next->classes.bits & kAll));
    if (before != nullptr)
      out_.add(kClassPair + 1, joined_hash(before->classes.bits & kAll, here.classes.bits & kAll));
  }

  // Known names of several words that cover this token.
  void add_long_names() {
    for (std::uint32_t number = run_.first_known; number < run_.end_known; ++number) {
      const KnownName& name = text_.known[number];
      if (token_ < name.begin || token_ >= name.end) continue;
      const std::uint32_t place = token_ == name.begin ? 0 : token_ + 1 == name.end ? 2 : 1;
      for (std::uint32_t rest = name.classes.bits; rest != 0; rest &= rest - 1)
        out_.add(kLongName + place, static_cast<std::uint32_t>(std::countr_zero(rest)));
    }
  }

  // A part of a run: "University" and "Mostar" of "University of Mostar's" are parts of their own.
  bool parts(std::uint32_t index) const {
    const EntityToken& token = text_.tokens[index];
    return (token.letters == text::Letters::Lower && !token.is_inner) || token.is_possessive;
  }

  std::uint32_t part_begin() const {
    std::uint32_t begin = token_;
    while (begin > run_.begin && !parts(begin - 1)) --begin;
    return begin;
  }

  std::uint32_t part_end() const {
    std::uint32_t end = token_ + 1;
    while (end < run_.end && !parts(end - 1) &&
           (text_.tokens[end].letters != text::Letters::Lower || text_.tokens[end].is_inner))
      ++end;
    return end;
  }

  // What the words behind the run say that it is: "(born 1950) is an American singer", ", a town
  // near". Of the nouns up to the next preposition the last one counts.
  std::uint32_t definition() const {
    std::uint32_t at = run_.end;
    if (at == text_.tokens.size() || !may_define(text_.tokens[at])) return 0;
    const std::uint32_t end = end_of_sentence(text_, run_);
    if (at < end && text_.tokens[at].gap == Gap::Opening)
      while (at < end && text_.tokens[at].gap != Gap::Closing) ++at;
    if (at + 2 >= end) return 0;
    const bool is_apposition = text_.tokens[at].gap == Gap::Comma;
    if (!is_apposition && !is_any(kCopulas, text_.tokens[at].hash)) return 0;
    if (!is_apposition) ++at;
    if (!is_any(kArticles, text_.tokens[at].hash)) return 0;
    return noun_after(at + 1, end);
  }

  static bool may_define(const EntityToken& next) {
    return next.gap == Gap::Opening || next.gap == Gap::Comma || is_any(kCopulas, next.hash);
  }

  std::uint32_t noun_after(std::uint32_t begin, std::uint32_t end) const {
    constexpr std::uint32_t kWords = 7;
    std::uint32_t kinds = 0;
    for (std::uint32_t at = begin; at < std::min(end, begin + kWords); ++at) {
      const EntityToken& token = text_.tokens[at];
      if ((at > begin && token.gap == Gap::Comma) || is_any(kEndsOfNouns, token.hash)) break;
      if (token.letters == text::Letters::Lower && (token.classes.bits & kNouns) != 0)
        kinds = token.classes.bits & kNouns;
    }
    return kinds;
  }

  void add_run() {
    if (run_.is_headline) return;
    const bool is_first = run_.begin == 0 || text_.tokens[run_.begin].begins_sentence;
    const bool is_last = run_.end == text_.tokens.size() || text_.tokens[run_.end].begins_sentence;
    out_.add(kRunWord, is_first ? kNone : text_.tokens[run_.begin - 1].hash);
    out_.add(kRunWord + 1, is_last ? kNone : text_.tokens[run_.end].hash);
    const std::uint32_t begin = part_begin(), end = part_end();
    const EntityToken& first = text_.tokens[begin];
    const EntityToken& last = text_.tokens[end - 1];
    const std::uint32_t place = token_ == begin ? 0 : token_ + 1 == end ? 2 : 1;
    out_.add(kRunWord + 2, joined_hash(first.hash, place));
    out_.add(kRunWord + 3, joined_hash(last.hash, place));
    if (const std::uint32_t kinds = end == run_.end ? definition() : 0; kinds != 0) {
      out_.add(kDefinition, joined_hash(kinds, place));
      for (std::uint32_t rest = kinds; rest != 0; rest &= rest - 1)
        out_.add(kDefinition + 1, static_cast<std::uint32_t>(std::countr_zero(rest)) + 32 * place);
    }
    const std::uint32_t size = joined_hash(std::min<std::uint32_t>(end - begin, 6), place);
    out_.add(kRunSize, size);
    out_.add(kRunSize + 1, joined_hash(std::min<std::uint32_t>(run_.end - run_.begin, 6), size));
    out_.add(kRunSuffix, joined_hash(last.suffix, place));
    for (std::uint32_t rest = last.classes.bits; rest != 0; rest &= rest - 1)
      out_.add(kRunClass, static_cast<std::uint32_t>(std::countr_zero(rest)) + 32 * place);
    for (std::uint32_t rest = first.classes.bits; rest != 0; rest &= rest - 1)
      out_.add(kRunClass + 1, static_cast<std::uint32_t>(std::countr_zero(rest)) + 32 * place);
  }

  const EntityText& text_;
  const EntityRun& run_;
  std::uint32_t token_;
  FeatureList& out_;
};

}  // namespace

void add_features(const EntityText& text, const EntityRun& run, std::uint32_t token,
                  FeatureList& out) {
  Reader(text, run, token, out).read();
}

}  // namespace tidings::analyze
