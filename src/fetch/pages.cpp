#include "fetch/pages.h"

#include "core/strings.h"
#include "core/url.h"
#include "fetch/refusal.h"

namespace tidings::fetch {
namespace {

constexpr std::size_t kRobotsBytesMax = 1'000'000;  // twice what is read of it

HttpRequest get(std::string url, std::string_view accept, const FetchSettings& settings) {
  HttpRequest request{.url = std::move(url), .limits = settings.limits};
  request.headers = {{"User-Agent", settings.user_agent}, {"Accept", std::string(accept)}};
  return request;
}

}  // namespace

std::optional<std::string> site_of(const std::string& address) {
  const Result<Url> url = parse_url(address);
  if (!url) return std::nullopt;
  std::string site = url->scheme + "://" + url->host;
  if (url->port != 0) site += ":" + std::to_string(url->port);
  return site;
}

HttpRequest page_request(const std::string& url, const FetchSettings& settings) {
  return get(url, "text/html, application/xhtml+xml;q=0.9, */*;q=0.1", settings);
}

HttpRequest robots_request(const std::string& site, const FetchSettings& settings) {
  HttpRequest request = get(site + "/robots.txt", "text/plain, */*;q=0.1", settings);
  request.limits.body_bytes_max = std::min(request.limits.body_bytes_max, kRobotsBytesMax);
  return request;
}

std::string request_target(const std::string& address) {
  const Result<Url> url = parse_url(address);
  if (!url) return "/";
  return url->has_query ? url->path + "?" + url->query : url->path;
}

std::string product_of(std::string_view user_agent) {
  return std::string(user_agent.substr(0, user_agent.find_first_of("/ (")));
}

RobotsAnswer read_robots(const Result<HttpResponse>& response, std::string_view product) {
  // A file beyond all bounds says something in its first half megabyte that we cannot have any
  // more; those that write so are few, and are left alone.
  const bool is_there = response && response->status < 500;
  if (!is_there || refusal_of(*response) != Refusal::None)
    return {.rules = RobotsRules::none_allowed(), .is_unreachable = true};
  if (response->status != 200) return {};
  return {.rules = RobotsRules::parse(response->body, product)};
}

PageVerdict judge_page(const Result<HttpResponse>& response) {
  if (!response) {
    const bool may_pass = response.error().kind == ErrorKind::Unavailable;
    return may_pass ? PageVerdict::Later : PageVerdict::Never;
  }
  const int status = response->status;
  if (status == 200 || status == 203)
    return response->body.empty() ? PageVerdict::Never : PageVerdict::Page;
  const bool may_pass = status == 408 || status == 425 || status >= 500;
  return may_pass || refusal_of(*response) != Refusal::None ? PageVerdict::Later
                                                            : PageVerdict::Never;
}

}  // namespace tidings::fetch
