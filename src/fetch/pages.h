// Requests for the pages behind feeds, and what their answers mean for whoever wants one.
#pragma once

#include <optional>
#include <string>

#include "core/time.h"
#include "fetch/fetcher.h"
#include "fetch/robots.h"
#include "ports/http_client.h"

namespace tidings::fetch {

// "https://example.org:8443": whose robots.txt counts for an address. Nothing for what is none.
std::optional<std::string> site_of(const std::string& address);

HttpRequest page_request(const std::string& url, const FetchSettings& settings);
HttpRequest robots_request(const std::string& site, const FetchSettings& settings);

// "/a?b=1" of an address: what a robots.txt speaks of.
std::string request_target(const std::string& address);

// Our product token of a User-Agent: "Tidings" of "Tidings/0.1 (+https://…)".
std::string product_of(std::string_view user_agent);

// The rules that an answer gives (RFC 9309 §2.3.1): a file, none (4xx: everything is allowed), or
// one that cannot be read for now (nothing is), also where a limiter stands before it.
struct RobotsAnswer {
  RobotsRules rules;
  bool is_unreachable = false;  // ask again soon, rather than in a day
};
RobotsAnswer read_robots(const Result<HttpResponse>& response, std::string_view product);

enum class PageVerdict {
  Page,   // 200 with a body
  Later,  // what may pass: no connection, 5xx, a limiter (refusal.h)
  Never,  // it is not there, or not for us
};
PageVerdict judge_page(const Result<HttpResponse>& response);

}  // namespace tidings::fetch
