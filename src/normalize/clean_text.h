// Text without what no reader can see and no two parsers treat alike.
#pragma once

#include <string>
#include <string_view>

namespace tidings::normalize {

// True for valid UTF-8 in which only tab and newline are control characters (C0, DEL, C1) and that
// has no Unicode noncharacters.
bool is_clean(std::string_view text);

// Text that is clean: line ends of any kind become newlines, invalid UTF-8 becomes U+FFFD, a
// control of C1 the letter that windows-1252 has in its place, and the rest of what may not stand
// goes.
std::string cleaned(std::string_view text);

}  // namespace tidings::normalize
