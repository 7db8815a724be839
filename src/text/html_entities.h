// What "&eacute;" and "&#8217;" stand for: every named character reference of HTML, and the numeric
// ones.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tidings::text {

// The UTF-8 that a name stands for ("eacute", without '&' and ';'); empty when HTML knows no such
// name. Safe to call from many threads.
std::string_view named_entity(std::string_view name);

// Reads the character reference at `position` (an '&'), appends what it stands for to `out` and
// moves `position` behind it. False, with nothing changed, when there is none: the '&' is an
// ampersand then. Numbers 0x80 to 0x9F mean windows-1252, 0 and what is no character mean U+FFFD
// (WHATWG HTML §13.2.5.80); the two halves of a character in UTF-16 are that character. The legacy
// names may lack their semicolon, but not before '=', a letter or a digit: "?a=1&copy=2" is an
// address.
bool decode_entity(std::string_view text, std::size_t& position, std::string& out);

// As decode_entity, but as in the content of elements, where a legacy name ends as early as it can:
// "&copy=2" and "&notit;" begin with a reference there (WHATWG HTML §13.2.5.73).
bool decode_entity_in_text(std::string_view text, std::size_t& position, std::string& out);

// All references decoded, nothing else changed.
std::string decode_entities(std::string_view text);

// Escapes '&', '<', '>' and '"', so that plain text can stand in HTML and in attribute values.
void append_escaped_html(std::string& out, std::string_view text);
std::string escape_html(std::string_view text);

}  // namespace tidings::text
