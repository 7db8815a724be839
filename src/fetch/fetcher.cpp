#include "fetch/fetcher.h"

#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "fetch/header_time.h"
#include "fetch/refusal.h"

namespace tidings::fetch {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr seconds kMaxAgeMax = days(365);
constexpr std::size_t kValidatorBytesMax = 1024;
constexpr std::size_t kMessageBytesMax = 500;

constexpr std::string_view kAccept =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

// Validators go into the store and back into a request: what either cannot take is forgotten.
std::string validator(std::string_view value) {
  const bool has_controls = std::any_of(value.begin(), value.end(),
                                        [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
  return value.size() <= kValidatorBytesMax && !has_controls && is_valid_utf8(value)
             ? std::string(value)
             : "";
}

std::optional<seconds> max_age(const HttpHeaders& headers) {
  for (const std::string_view part : split(header(headers, "Cache-Control"), ',')) {
    const std::string_view directive = trim(part);
    if (!istarts_with(directive, "max-age=")) continue;
    const auto age_max = delta_seconds(directive.substr(8), kMaxAgeMax);
    if (!age_max) return std::nullopt;
    const seconds age = delta_seconds(header(headers, "Age"), kMaxAgeMax).value_or(seconds(0));
    return std::max(*age_max - age, seconds(0));
  }
  return std::nullopt;
}

// RFC 9111 §4.2.1: the time left is Expires less Date, so that a publisher's wrong clock does no
// harm.
std::optional<Time> expires(const HttpHeaders& headers, Time now) {
  const auto stated = parse_http_date(header(headers, "Expires"));
  if (!stated) return std::nullopt;
  const Time base = parse_http_date(header(headers, "Date")).value_or(now);
  return now + std::clamp<Duration>(*stated - base, Duration(0), kMaxAgeMax);
}

std::string_view status_sentence(int status) {
  switch (status) {
    case 401:
      return "it asks for a name and a password";
    case 402:
      return "it asks for payment";
    case 403:
      return "it refuses us";
    case 404:
      return "there is nothing at this address";
    case 406:
      return "it has no form of the feed that we can read";
    case 408:
      return "it waited too long for us";
    case 410:
      return "the feed is gone for good";
    case 420:
    case 429:
      return "we asked too often";
    case 451:
      return "it may not show the feed for legal reasons";
    case 500:
      return "it has an error of its own";
    case 502:
    case 504:
      return "the server behind it does not answer";
    case 503:
      return "it is overloaded or being repaired";
    default:
      break;
  }
  if (status >= 500) return "it has an error of its own";
  if (status >= 400) return "it refuses the request";
  if (status >= 300) return "it points elsewhere without saying where";
  return "it sent no feed";
}

std::string host_of(const std::string& address) {
  const Result<Url> url = parse_url(address);
  return url ? url->host : address;
}

Failed failed(const Source& source, std::string error_class, std::string_view message, Time now) {
  const std::optional<SourceProblem>& before = source.state.problem;
  const Time since = before && before->error_class == error_class ? before->since : now;
  const std::string repaired = repaired_utf8(message);
  return {.problem = {.error_class = std::move(error_class),
                      .message = std::string(utf8_prefix(repaired, kMessageBytesMax)),
                      .since = since}};
}

Failed failed_status(const Source& source, const HttpResponse& response, Time now) {
  const std::string status = std::to_string(response.status);
  Failed outcome = failed(source, "http_" + status,
                          host_of(response.url) + " answered " + status + ": " +
                              std::string(status_sentence(response.status)),
                          now);
  outcome.gone = response.status == 410;
  return outcome;
}

bool was_conditional(const Source& source) {
  return !source.state.etag.empty() || !source.state.last_modified.empty();
}

}  // namespace

HttpRequest feed_request(const Source& source, const FetchSettings& settings) {
  HttpRequest request{.url = source.fetch_url(), .limits = settings.limits};
  request.headers = {{"User-Agent", settings.user_agent}, {"Accept", std::string(kAccept)}};
  if (!source.state.etag.empty()) request.headers.emplace_back("If-None-Match", source.state.etag);
  if (!source.state.last_modified.empty())
    request.headers.emplace_back("If-Modified-Since", source.state.last_modified);
  return request;
}

FetchResult read_response(const Source& source, Result<HttpResponse> response, Time now) {
  if (!response) {
    const Error& error = response.error();
    const std::string error_class =
        error.code.empty() ? std::string(to_string(error.kind)) : error.code;
    return {.outcome = failed(source, error_class, error.message, now)};
  }
  const HttpHeaders& headers = response->headers;
  FetchResult result;
  result.hints = {.max_age = max_age(headers),
                  .expires = expires(headers, now),
                  .retry_after = comes_back_at(*response, now)};
  const bool has_body = response->status == 200 || response->status == 203;
  if (response->status == 304 && was_conditional(source)) {
    result.outcome = NotModified{.permanent_url = std::move(response->permanent_url)};
  } else if (has_body) {
    HubLinks links = hub_links(headers, response->url);
    result.outcome = Page{.bytes = std::move(response->body),
                          .content_type = std::string(header(headers, "Content-Type")),
                          .url = std::move(response->url),
                          .etag = validator(header(headers, "ETag")),
                          .last_modified = validator(header(headers, "Last-Modified")),
                          .permanent_url = std::move(response->permanent_url),
                          .links = std::move(links)};
  } else {
    result.outcome = failed_status(source, *response, now);
  }
  return result;
}

std::string_view outcome_name(const FetchResult& result) {
  if (std::holds_alternative<Page>(result.outcome)) return "page";
  return std::holds_alternative<NotModified>(result.outcome) ? "not_modified" : "failed";
}

}  // namespace tidings::fetch
