// OPML files come in the charset of the program that wrote them; reading needs UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings::sources {

// A byte order mark, or the zero bytes around the first '<', say UTF-16 or UTF-32.
bool is_wide(std::string_view bytes);

// The text of an OPML file that is not wide, without its byte order mark and leading white space.
// The XML declaration names the charset: UTF-8 (repaired where it is not), Latin-1 and windows-1252
// (both read as the latter, as browsers do). A file that names none is UTF-8 when it can be, else
// windows-1252. InvalidInput "charset_unsupported" for others, unless all bytes are ASCII.
Result<std::string> opml_text(std::string_view bytes);

}  // namespace tidings::sources
