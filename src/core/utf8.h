// UTF-8 as RFC 3629 defines it: what is not valid is repaired once, at the border.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tidings {

bool is_valid_utf8(std::string_view text);

// Each maximal bad part becomes one U+FFFD (Unicode §3.9, best practice). Returns the text itself
// when valid.
std::string repaired_utf8(std::string_view text);

// Each byte of a bad part becomes a blank: the text keeps its size.
void blank_invalid_utf8(std::string& text);

// The longest prefix of at most `size_max` bytes that does not cut a code point. `text` must be
// valid.
std::string_view utf8_prefix(std::string_view text, std::size_t size_max);

void append_utf8(std::string& out,
                 char32_t code_point);  // Surrogates and beyond U+10FFFF become U+FFFD.

// Decodes the code point at `position` and moves it on; U+FFFD and one byte for what is invalid.
char32_t next_code_point(std::string_view text, std::size_t& position);

}  // namespace tidings
