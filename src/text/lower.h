// Lower case in every script, for comparing words with lists of them.
#pragma once

#include <string>
#include <string_view>

namespace tidings::text {

// Code point by code point (Unicode's simple mappings), whatever the language: not for showing.
// Invalid UTF-8 becomes U+FFFD. ASCII alone costs a copy.
std::string lower(std::string_view utf8);

}  // namespace tidings::text
