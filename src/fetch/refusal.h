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

// 429 is a rate limit whoever sends it, and so is a 403 or 503 that carries one's marks: a quota
// that is used up (X-RateLimit-Remaining, RateLimit-Remaining, RateLimit with r=0), a 403 with
// Retry-After, or a page of Cloudflare, Akamai, Fastly, Sucuri or Reddit that says so.
Refusal refusal_of(const HttpResponse& response);

// Until when the publisher should be left alone, the Retry-After of the answer or a guess where it
// gives none; nothing for an answer that says nothing about our asking.
std::optional<Time> stay_away_until(const HttpResponse& response, Time now);

}  // namespace tidings::fetch
