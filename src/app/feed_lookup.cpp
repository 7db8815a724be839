#include "app/feed_lookup.h"

#include <algorithm>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "app/wiring.h"
#include "core/url.h"

namespace tidings::app {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

std::string domain_of(const std::string& address) {
  const Result<Url> url = parse_url(address);
  return url ? registrable_domain(url->host) : address;
}

HttpRequest page_request(const Settings& settings, const std::string& url) {
  HttpRequest request{.url = url, .limits = settings.fetch.limits};
  request.headers = {{"User-Agent", settings.fetch.user_agent},
                     {"Accept", "text/html, application/atom+xml, application/rss+xml, */*;q=0.5"}};
  return request;
}

}  // namespace

Result<HttpResponse> ask(HttpClient& http, HttpRequest request) {
  std::promise<Result<HttpResponse>> answered;
  http.send(std::move(request), [&answered](Result<HttpResponse> response) {
    answered.set_value(std::move(response));
  });
  return answered.get_future().get();
}

Result<std::vector<pipeline::FoundFeed>> discover_feeds(const Settings& settings,
                                                        const std::string& address) {
  const auto http = TRY(open_http(settings));
  pipeline::FeedDiscovery discovery(address);
  std::map<std::string, SteadyTime> free_at;  // by domain
  while (const std::optional<std::string> url = discovery.next()) {
    SteadyTime& turn = free_at[domain_of(*url)];
    std::this_thread::sleep_until(turn);
    discovery.take(ask(*http, page_request(settings, *url)));
    turn = std::chrono::steady_clock::now() + settings.transfers.pacing.gap;
  }
  http->shutdown();
  std::vector<pipeline::FoundFeed> found = discovery.found();
  if (found.empty()) return not_found(discovery.reason());
  return found;
}

}  // namespace tidings::app
