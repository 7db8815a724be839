#include "analyze/entity_language.h"

#include <algorithm>
#include <array>
#include <span>

#include "analyze/word_hash.h"

namespace tidings::analyze {
namespace {

using Hashes = std::span<const std::uint32_t>;

template <std::size_t kSize>
constexpr std::array<std::uint32_t, kSize> hashes(const std::string_view (&words)[kSize]) {
  std::array<std::uint32_t, kSize> done = {};
  for (std::size_t at = 0; at < kSize; ++at) done[at] = word_hash(words[at]);
  return done;
}

constexpr std::array<std::string_view, kEntityLanguageCount> kCodes = {"en", "de", "fr", "es",
                                                                       "it", "pt", "nl"};

// clang-format off
constexpr auto kEnglish = hashes({
    "of", "the", "and", "for", "in", "on", "de", "la", "le", "du", "des", "del", "della", "di", "da", "dos", "van", "von", "der", "den",
    "bin", "ibn", "al", "el", "y", "a", "an", "to", "at", "with"});
constexpr auto kGerman = hashes({
    "und", "der", "die", "das", "des", "dem", "den", "für", "in", "im", "am", "an", "auf", "bei", "ob", "vor", "zu", "zum", "zur", "ohne", "gegen",
    "von", "vom", "van", "de", "la", "le", "du", "del", "di", "da", "dos", "bin", "ibn", "al", "el", "of", "the", "and"});
constexpr auto kFrench = hashes({
    "de", "du", "des", "d", "l", "la", "le", "les", "et", "à", "au", "aux", "en", "sur", "sous", "lès", "pour", "sans",
    "von", "van", "der", "den", "del", "della", "di", "da", "dos", "bin", "ibn", "al", "el", "of", "the", "and"});
constexpr auto kSpanish = hashes({
    "de", "del", "la", "el", "los", "las", "y", "e", "en", "a", "al", "para", "por", "con", "sin", "d",
    "von", "van", "der", "den", "della", "di", "da", "dos", "do", "bin", "ibn", "le", "du", "of", "the", "and", "i"});
constexpr auto kItalian = hashes({
    "di", "d", "de", "da", "del", "dello", "della", "dell", "dei", "degli", "delle", "in", "e", "ed", "a", "al", "alla", "all", "allo",
    "per", "senza", "sul", "sulla", "nel", "la", "il", "lo", "le", "i", "l", "von", "van", "der", "den", "du", "dos", "bin", "ibn", "el", "of", "the", "and"});
constexpr auto kPortuguese = hashes({
    "de", "do", "da", "dos", "das", "e", "em", "no", "na", "o", "a", "os", "as", "ao", "à", "para", "por", "sem", "com", "d",
    "von", "van", "der", "den", "del", "della", "di", "la", "le", "du", "bin", "ibn", "al", "el", "y", "of", "the", "and"});
constexpr auto kDutch = hashes({
    "van", "de", "der", "den", "het", "een", "en", "in", "op", "voor", "ten", "ter", "te", "tot", "aan", "bij", "om", "over", "tegen",
    "von", "du", "la", "le", "del", "della", "di", "da", "dos", "bin", "ibn", "al", "el", "of", "the", "and"});
// clang-format on

Hashes connectors_of(EntityLanguage language) {
  switch (language) {
    case EntityLanguage::English:
      return kEnglish;
    case EntityLanguage::German:
      return kGerman;
    case EntityLanguage::French:
      return kFrench;
    case EntityLanguage::Spanish:
      return kSpanish;
    case EntityLanguage::Italian:
      return kItalian;
    case EntityLanguage::Portuguese:
      return kPortuguese;
    case EntityLanguage::Dutch:
      return kDutch;
  }
  return {};
}

}  // namespace

std::optional<EntityLanguage> entity_language(std::string_view code) {
  const auto* const found = std::find(kCodes.begin(), kCodes.end(), code);
  if (found == kCodes.end()) return std::nullopt;
  return static_cast<EntityLanguage>(found - kCodes.begin());
}

std::string_view code_of(EntityLanguage language) {
  return kCodes[static_cast<std::size_t>(language)];
}

bool is_connector(std::uint32_t word, EntityLanguage language) {
  const Hashes words = connectors_of(language);
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace tidings::analyze
