// How we ask a publisher for a feed, and what its answer means. Pure functions around the
// HttpClient port.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/result.h"
#include "core/time.h"
#include "fetch/websub.h"
#include "model/source.h"
#include "ports/http_client.h"

namespace tidings::fetch {

struct FetchSettings {
  std::string user_agent =
      "Tidings/0.1 (feed reader)";  // who we are; best with an address for complaints
  HttpLimits limits;
};

// A conditional GET (RFC 9110 §13) for the source's feed, with what we remember of its last answer.
// Follows every redirect.
HttpRequest feed_request(const Source& source, const FetchSettings& settings);
// What the publisher said about asking again; absent where it said nothing or nothing that can be
// read.
struct CacheHints {
  std::optional<std::chrono::seconds> max_age;  // Cache-Control, less Age; at most a year
  std::optional<Time> expires;      // by our clock: Expires counted from the answer's own Date
  std::optional<Time> retry_after;  // comes_back_at(): at most three days from now
};

struct NotModified {
  std::string permanent_url;  // as HttpResponse
};

struct Page {
  std::string bytes;
  std::string content_type;  // as sent, with its charset
  std::string url;           // that answered
  std::string etag;          // empty: none that could be sent back
  std::string last_modified;
  std::string permanent_url;  // as HttpResponse
  HubLinks links;
};

struct Failed {
  SourceProblem problem;
  bool gone = false;  // 410: the publisher says that it is over
};

struct FetchResult {
  std::variant<NotModified, Page, Failed> outcome;
  CacheHints hints;
};

// Classes of failure: the client's error codes (ports/http_client.h) and "http_<status>". A problem
// of the same class as the source's last one keeps its `since`. What the body holds is the parser's
// to judge, whatever its content type.
FetchResult read_response(const Source& source, Result<HttpResponse> response, Time now);

// "page", "not_modified" or "failed".
std::string_view outcome_name(const FetchResult& result);

}  // namespace tidings::fetch
