// Text whose charset was told wrongly, or told by nobody: what a person would make of the bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidings::text {

// The charset that bytes seem to be in which are no UTF-8, as a label; empty where nothing speaks
// loudly enough. Looks at the first 64 KB, without the markup.
std::string sniffed_charset(std::string_view bytes);

// UTF-8 with every fault made good. Runs of bytes that are no UTF-8 at all are read in the 8-bit
// charset of the script that the rest is written in (windows-1252 where that is Latin); a character
// that was cut, and what stands between characters of other scripts, becomes U+FFFD.
std::string repaired_text(std::string_view text);

// UTF-8 that was taken for windows-1252 and encoded again: the text as it was. Only where every
// character beyond ASCII is part of such a sequence, and there are several; otherwise nothing.
std::optional<std::string> without_double_encoding(std::string_view utf8);

}  // namespace tidings::text
