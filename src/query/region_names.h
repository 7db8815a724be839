// What people call countries and languages, in English, and their codes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidings::query {

// "FR" of "fr", "France"; "GB" of "UK", "Great Britain". Nothing for what is no country's.
std::optional<std::string> country_code(std::string_view written);
// Likewise, of a name alone.
std::optional<std::string> country_of_name(std::string_view name);
// The name that is most like it; empty where none is.
std::string_view nearest_country(std::string_view written);

// "de" of "german", "pt-BR" of "pt_br". Nothing for what is no language's.
std::optional<std::string> language_tag(std::string_view written);
std::string_view nearest_language(std::string_view written);

}  // namespace tidings::query
