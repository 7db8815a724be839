// What the client takes (Accept-Encoding) and what it has already (If-None-Match).
#pragma once

#include <string>
#include <string_view>

namespace tidings::serve {

enum class Encoding { Identity, Gzip, Brotli };
std::string_view to_string(Encoding encoding);  // "gzip", "br"; empty for identity

// The best that `accept_encoding` allows (RFC 9110 §12.5.3): the highest weight, of equals brotli
// before gzip before identity. Identity where nothing else is named: it is never refused.
Encoding choose_encoding(std::string_view accept_encoding);

// Whether a list of entity tags (or "*") has `etag`, compared weakly (RFC 9110 §13.1.2).
bool etag_matches(std::string_view if_none_match, std::string_view etag);

}  // namespace tidings::serve
