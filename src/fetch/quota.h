// What a publisher says of how often it may be asked, beside Retry-After.
#pragma once

#include <optional>

#include "core/time.h"
#include "ports/http_client.h"

namespace tidings::fetch {

// Whether nothing is left of a quota: X-RateLimit-Remaining, X-Rate-Limit-Remaining or
// RateLimit-Remaining of zero, or RateLimit with r=0 or remaining=0 (all drafts of
// draft-ietf-httpapi-ratelimit-headers).
bool quota_is_used_up(const HttpHeaders& headers);

// When it begins anew: the fields named -Reset, X-RateLimit-Reset-After, or t= and reset= in
// RateLimit. Seconds from now, seconds or milliseconds since 1970, or an HTTP date, whatever the
// field's name promises: publishers mix them up. At most three days from now; nothing where none
// says so, or says a time that is over.
std::optional<Time> quota_begins_anew(const HttpHeaders& headers, Time now);

}  // namespace tidings::fetch
