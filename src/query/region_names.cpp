#include "query/region_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "core/locale_codes.h"
#include "core/strings.h"
#include "query/edits.h"
#include "query/names.h"

namespace tidings::query {
namespace {

constexpr std::size_t kNameWordsMax = 8;

using Names = std::map<std::string, std::string, std::less<>>;  // code by name

// What CLDR's English lacks and news has.
constexpr auto kOtherNames = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"america", "US"},
    {"britain", "GB"},
    {"burma", "MM"},
    {"cape verde", "CV"},
    {"congo", "CG"},
    {"czech republic", "CZ"},
    {"democratic republic of the congo", "CD"},
    {"dr congo", "CD"},
    {"drc", "CD"},
    {"east timor", "TL"},
    {"england", "GB"},
    {"great britain", "GB"},
    {"holland", "NL"},
    {"hong kong", "HK"},
    {"ivory coast", "CI"},
    {"kosovo", "XK"},
    {"macau", "MO"},
    {"macedonia", "MK"},
    {"myanmar", "MM"},
    {"palestine", "PS"},
    {"republic of ireland", "IE"},
    {"republic of the congo", "CG"},
    {"scotland", "GB"},
    {"swaziland", "SZ"},
    {"the gambia", "GM"},
    {"the netherlands", "NL"},
    {"turkey", "TR"},
    {"turkiye", "TR"},
    {"u k", "GB"},
    {"u s", "US"},
    {"u s a", "US"},
    {"uae", "AE"},
    {"uk", "GB"},
    {"united states of america", "US"},
    {"usa", "US"},
    {"vatican", "VA"},
    {"wales", "GB"},
});

std::string english(const icu::UnicodeString& name) {
  std::string utf8;
  name.toUTF8String(utf8);
  return name_text(utf8, kNameWordsMax);
}

Names read_countries() {
  Names names;
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    if (!is_country_code(*code)) continue;
    icu::UnicodeString name;
    icu::Locale("", *code).getDisplayCountry(icu::Locale::getEnglish(), name);
    names.emplace(english(name), *code);
  }
  for (const auto& [name, code] : kOtherNames) names.emplace(name, code);
  return names;
}

Names read_languages() {
  Names names;
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
    if (tidy_language(*code) != *code) continue;
    icu::UnicodeString name;
    icu::Locale(*code).getDisplayLanguage(icu::Locale::getEnglish(), name);
    names.emplace(english(name), *code);
  }
  return names;
}

const Names& countries() {
  static const Names names = read_countries();
  return names;
}

const Names& languages() {
  static const Names names = read_languages();
  return names;
}

std::optional<std::string> find(const Names& names, std::string_view written) {
  const auto found = names.find(name_text(written, kNameWordsMax));
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

std::string_view nearest_of(const Names& names, std::string_view written) {
  std::vector<std::string_view> known;
  known.reserve(names.size());
  for (const auto& [name, code] : names) known.emplace_back(name);
  return nearest(name_text(written, kNameWordsMax), known);
}

}  // namespace

std::optional<std::string> country_code(std::string_view written) {
  std::string code(trim(written));
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return is_country_code(code) ? std::optional(code) : country_of_name(written);
}

std::optional<std::string> country_of_name(std::string_view name) {
  return find(countries(), name);
}

std::string_view nearest_country(std::string_view written) {
  return nearest_of(countries(), written);
}

std::optional<std::string> language_tag(std::string_view written) {
  std::string tag = tidy_language(trim(written));
  // "english-speaking" begins with no tag; "arabic" would be tidied to none.
  return tag.empty() ? find(languages(), written) : std::optional(std::move(tag));
}

std::string_view nearest_language(std::string_view written) {
  return nearest_of(languages(), written);
}

}  // namespace tidings::query
