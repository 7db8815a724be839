#include "analyze/entity_forms.h"

#include <algorithm>

namespace tidings::analyze {
namespace {

constexpr std::size_t kTailBytesMin = 4;
constexpr std::size_t kTailsMax = 24;

constexpr std::uint32_t bit(WordClass word_class) {
  return 1U << static_cast<unsigned>(word_class);
}

constexpr std::uint32_t kHeads = bit(WordClass::OrganizationHead) | bit(WordClass::EventHead) |
                                 bit(WordClass::PlaceHead) | bit(WordClass::ProductHead);
// What the end of a compound says of the whole: "Außenministerin" is a title, "Zentralbank" a bank.
constexpr std::uint32_t kOfCompounds = kHeads | bit(WordClass::Title);

bool begins_letter(std::string_view word, std::size_t at) {
  return (static_cast<unsigned char>(word[at]) & 0xC0U) != 0x80U;
}

}  // namespace

// A German noun that no list has is mostly put together from others: the longest end that is one
// says what it is.
WordClasses EntityForms::classes_of_tail(std::string_view lower) const {
  std::size_t tries = 0;
  for (std::size_t at = 2; at + kTailBytesMin <= lower.size() && tries < kTailsMax; ++at) {
    if (!begins_letter(lower, at)) continue;
    ++tries;
    const std::uint32_t hash = word_hash(lower.substr(at));
    const std::uint32_t bits = classes_of(hash, language_).bits & kOfCompounds;
    if (bits != 0) return {bits | bit(WordClass::WorkNoun)};
    if (lexicon_.has(language_, LexiconKind::Noun, hash)) return {bit(WordClass::WorkNoun)};
  }
  return {};
}

WordClasses EntityForms::classes(std::string_view lower, std::uint32_t hash) const {
  WordClasses classes = classes_of(hash, language_);
  if (language_ == EntityLanguage::English) return classes;
  const bool is_common = lexicon_.has(language_, LexiconKind::Lower, hash);
  if (is_common) classes.bits |= bit(WordClass::Common);
  if (language_ != EntityLanguage::German) return classes;
  const bool is_noun = lexicon_.has(language_, LexiconKind::Noun, hash);
  if (is_noun) classes.bits |= bit(WordClass::GroupNoun);
  if (!is_common && !is_noun && classes.bits == 0) classes = classes_of_tail(lower);
  if (lexicon_.has(language_, LexiconKind::Capitalized, hash))
    classes.bits |= bit(WordClass::ArtifactNoun);
  return classes;
}

FormFacts EntityForms::facts_of(std::string_view lower) const {
  FormFacts facts;
  facts.hash = word_hash(lower);
  facts.prefix = word_hash(lower.substr(0, 3));
  facts.suffix = word_hash(lower.substr(lower.size() - std::min<std::size_t>(lower.size(), 3)));
  facts.long_suffix =
      word_hash(lower.substr(lower.size() - std::min<std::size_t>(lower.size(), 5)));
  facts.classes = classes(lower, facts.hash);
  facts.is_connector = is_connector(facts.hash, language_);
  if (has_lower_case_in_names(language_)) {
    facts.is_inner = facts.classes.has(WordClass::Adjective);
    facts.may_open = (facts.classes.bits & kHeads) != 0;
  }
  return facts;
}

}  // namespace tidings::analyze
