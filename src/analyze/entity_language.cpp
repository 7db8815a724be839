#include "analyze/entity_language.h"

#include <algorithm>
#include <array>
#include <span>

namespace tidings::analyze {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, kEntityLanguageCount> kCodes = {"en", "de", "fr", "es",
                                                                       "it", "pt", "nl"};

// clang-format off
constexpr auto kEnglish = std::to_array<std::string_view>({
    "of", "the", "and", "for", "in", "on", "de", "la", "le", "du", "des", "del", "della", "di", "da", "dos", "van", "von", "der", "den",
    "bin", "ibn", "al", "el", "y", "a", "an", "to", "at", "with"});
constexpr auto kGerman = std::to_array<std::string_view>({
    "und", "der", "die", "das", "des", "dem", "den", "für", "in", "im", "am", "an", "auf", "bei", "ob", "vor", "zu", "zum", "zur", "ohne", "gegen",
    "von", "vom", "van", "de", "la", "le", "du", "del", "di", "da", "dos", "bin", "ibn", "al", "el", "of", "the", "and"});
constexpr auto kFrench = std::to_array<std::string_view>({
    "de", "du", "des", "d", "l", "la", "le", "les", "et", "à", "au", "aux", "en", "sur", "sous", "lès", "pour", "sans",
    "von", "van", "der", "den", "del", "della", "di", "da", "dos", "bin", "ibn", "al", "el", "of", "the", "and"});
constexpr auto kSpanish = std::to_array<std::string_view>({
    "de", "del", "la", "el", "los", "las", "y", "e", "en", "a", "al", "para", "por", "con", "sin", "d",
    "von", "van", "der", "den", "della", "di", "da", "dos", "do", "bin", "ibn", "le", "du", "of", "the", "and", "i"});
constexpr auto kItalian = std::to_array<std::string_view>({
    "di", "d", "de", "da", "del", "dello", "della", "dell", "dei", "degli", "delle", "in", "e", "ed", "a", "al", "alla", "all", "allo",
    "per", "senza", "sul", "sulla", "nel", "la", "il", "lo", "le", "i", "l", "von", "van", "der", "den", "du", "dos", "bin", "ibn", "el", "of", "the", "and"});
constexpr auto kPortuguese = std::to_array<std::string_view>({
    "de", "do", "da", "dos", "das", "e", "em", "no", "na", "o", "a", "os", "as", "ao", "à", "para", "por", "sem", "com", "d",
    "von", "van", "der", "den", "del", "della", "di", "la", "le", "du", "bin", "ibn", "al", "el", "y", "of", "the", "and"});
constexpr auto kDutch = std::to_array<std::string_view>({
    "van", "de", "der", "den", "het", "een", "en", "in", "op", "voor", "ten", "ter", "te", "tot", "aan", "bij", "om", "over", "zonder", "tegen",
    "von", "du", "la", "le", "del", "della", "di", "da", "dos", "bin", "ibn", "al", "el", "of", "the", "and"});
// clang-format on

Words connectors_of(EntityLanguage language) {
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

bool is_connector(std::string_view lower, EntityLanguage language) {
  if (lower.size() > 5) return false;
  const Words words = connectors_of(language);
  return std::find(words.begin(), words.end(), lower) != words.end();
}

}  // namespace tidings::analyze
