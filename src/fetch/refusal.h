// Whether an answer is about the page that was asked for, or about our asking.
#pragma once

#include <optional>

#include "core/time.h"
#include "ports/http_client.h"

namespace tidings::fetch {

enum class Refusal {
  None,         // an answer, also one that says no to this page
  RateLimited,  // we asked too often
  Challenged,   // a gate before the publisher wants proof that we are a person
  Overloaded,   // 503 that says when to come back
};

// 429 (and 420) is a rate limit whoever sends it, and so is a 403 or 503 that carries one's marks:
// a quota that is used up (fetch/quota.h), a 403 with Retry-After, or a page of Cloudflare, Akamai,
// Fastly, Sucuri or Reddit that says so.
Refusal refusal_of(const HttpResponse& response);

// When the answer says that we may ask again: Retry-After, or the end of the quota of a rate limit.
std::optional<Time> comes_back_at(const HttpResponse& response, Time now);

// Until when the publisher should be left alone, as the answer says or a guess where it does not;
// nothing for an answer that says nothing about our asking.
std::optional<Time> stay_away_until(const HttpResponse& response, Time now);

// When a quota begins anew of which a good answer was the last: to ask before would be refused.
std::optional<Time> rests_until(const HttpResponse& response, Time now);

}  // namespace tidings::fetch
