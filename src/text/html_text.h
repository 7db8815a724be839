// The words of a piece of HTML, as a reader would hear them.
#pragma once

#include <string>
#include <string_view>

namespace tidings::text {

// Tags and comments dropped (block tags and line breaks part words, inline ones do not), the
// contents of script, style and their kin dropped, character references decoded, white space
// collapsed to single spaces and trimmed. Tolerant: a '<' that begins no tag is text, and so is
// what follows a tag that never ends. Linear time.
std::string plain_text(std::string_view html);

// White space collapsed and trimmed; nothing else is markup here.
std::string collapsed(std::string_view text);

}  // namespace tidings::text
