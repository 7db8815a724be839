// Codes for languages and countries, spelled one way.
#pragma once

#include <string>
#include <string_view>

namespace tidings {

// A BCP 47 tag in its usual spelling: "en-us" and "EN_us" give "en-US", "ZH_hant_tw" gives
// "zh-Hant-TW". Known slips are mended ("jp" is "ja", "eng" is "en"); a part that cannot be is left
// out with all that follows. Empty when not even the language is one ("english", "und", "xx").
std::string tidy_language(std::string_view tag);

// ISO 3166-1 alpha-2, upper case, and "XK" (Kosovo), which everyone uses.
bool is_country_code(std::string_view code);

}  // namespace tidings
