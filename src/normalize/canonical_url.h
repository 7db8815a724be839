// One spelling per page, so that the same article seen twice is stored once.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings::normalize {

// Lower-cases scheme and host; drops the fragment (but for "#!…", which names a page), user names,
// default ports and tracking parameters (RFC 3986 §6.2). Parameters keep their order: some sites
// route on it. InvalidInput unless the address is absolute http or https. Idempotent:
// canonical_url(canonical_url(x)) == canonical_url(x).
Result<std::string> canonical_url(std::string_view address);

// A tidy absolute address (as resolve_url gives it) without utm_source and its kin; the rest as it
// stands.
std::string without_tracking(std::string address);

}  // namespace tidings::normalize
