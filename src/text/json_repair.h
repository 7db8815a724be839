// JSON as pages and feeds really carry it, made readable for a strict parser.
#pragma once

#include <string>
#include <string_view>

namespace tidings::text {

// The values in `text` as one JSON array. Mended: comments (HTML's and JavaScript's) and CDATA
// marks around values, raw control characters and wrong escapes inside strings, quotes inside
// strings that cannot end them, commas before a closing bracket, doubled or missing commas between
// values, brackets that are never closed, several values one after the other, semicolons behind
// them. What cannot be mended stays, for the parser to refuse. Linear time; at most about twice as
// long as `text`.
std::string repaired_json(std::string_view text);

}  // namespace tidings::text
