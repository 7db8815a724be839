// Atom 0.3 and binary content carry their text in base64.
#pragma once

#include <string>
#include <string_view>

namespace tidings::parse {

// RFC 4648 §4, white space allowed, padding optional. Empty when the text is not base64.
std::string decode_base64(std::string_view text);

}  // namespace tidings::parse
