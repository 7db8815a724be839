// A redirect into another registrable domain is a request of its own, so that it waits for its turn
// at the domain that it goes to.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "ports/http_client.h"

namespace tidings::fetch {

// Where redirects out of registrable domains have led so far.
struct Detour {
  std::string url;            // to be asked next; empty: the request's own
  std::string permanent_url;  // as HttpResponse, over all requests so far
  bool permanent = true;      // 301 and 308 alone led to `url`
  int redirects = 0;
  std::chrono::microseconds elapsed{};
};

// The request for the next leg, which ends before it leaves its registrable domain. Credentials are
// for the first domain alone.
HttpRequest leg_of(const HttpRequest& request, const Detour& detour);

// The detour that goes on when the response left its domain. Otherwise nothing: the response's
// permanent_url is then that of the whole way.
std::optional<Detour> next_detour(const Detour& detour, HttpResponse& response);

}  // namespace tidings::fetch
