// The languages whose names are found, and the small words that stand inside of their names.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tidings::analyze {

enum class EntityLanguage : std::uint8_t {
  English,
  German,
  French,
  Spanish,
  Italian,
  Portuguese,
  Dutch,
};
constexpr std::size_t kEntityLanguageCount = 7;

// Of a code of BCP 47 without region ("de"); nothing for other languages.
std::optional<EntityLanguage> entity_language(std::string_view code);
std::string_view code_of(EntityLanguage language);

// Words in lower case that may stand inside of a name: "of", "the", "de", "van". By word_hash.
bool is_connector(std::uint32_t word, EntityLanguage language);

// "Assemblée nationale", "université de Lyon": names may go on, or begin, with a word in lower
// case.
constexpr bool has_lower_case_in_names(EntityLanguage language) {
  return language == EntityLanguage::French || language == EntityLanguage::Italian ||
         language == EntityLanguage::Dutch;
}

}  // namespace tidings::analyze
