#include "serve/api_server.h"

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/check.h"
#include "core/log.h"
#include "core/strings.h"
#include "serve/analytics_routes.h"
#include "serve/answer.h"
#include "serve/article_routes.h"
#include "serve/assets.h"
#include "serve/cache_tags.h"
#include "serve/flights.h"
#include "serve/live.h"
#include "serve/own_host.h"
#include "serve/push_routes.h"
#include "serve/rating_routes.h"
#include "serve/response_cache.h"
#include "serve/route_counters.h"
#include "serve/router.h"
#include "serve/saved_search_routes.h"
#include "serve/search_routes.h"
#include "serve/source_routes.h"
#include "serve/status_routes.h"
#include "serve/story_routes.h"
#include "serve/topic_routes.h"
#include "serve/trend_routes.h"
#include "serve/worker_pool.h"

namespace tidings::serve {
namespace {

using CachedPtr = std::shared_ptr<const CachedResponse>;

const std::vector<Parameter> kLiveParameters = {
    {.name = "last_event_id", .kind = ParameterKind::Sequence},
};

class ApiServerOnEngine final : public ApiServer, public RequestHandler {
 public:
  ApiServerOnEngine(const ServeSettings& settings, Dependencies dependencies,
                    EventSequence position)
      : settings_(settings),
        dependencies_(std::move(dependencies)),
        sources_(dependencies_.sources),
        cache_(std::make_shared<ResponseCache>(settings.cache_bytes_max, dependencies_.clock)),
        live_(std::make_shared<LiveHub>(LiveLimits{.readers_max = settings.live_connections_max,
                                                   .replay_max = settings.live_replay_max},
                                        dependencies_.articles, dependencies_.stories,
                                        dependencies_.trends, dependencies_.events, sources_,
                                        dependencies_.clock, position)) {}

  ~ApiServerOnEngine() override {
    // No loop runs any more when the workers end, and no exchange or stream is held when the
    // engine goes.
    if (engine_) engine_->drain(std::chrono::milliseconds(0));
    workers_.reset();
    live_->clear();
    engine_.reset();
  }

  Result<void> open() {
    router_ = TRY(Router::make(routes()));
    counters_.emplace(dependencies_.metrics, router_);
    workers_.emplace(settings_.workers, settings_.queue_max, settings_.queue_wait_max);
    register_metrics();
    engine_ = TRY(HttpServer::start(settings_.http, *this, dependencies_.metrics));
    return {};
  }

  std::uint16_t port() const override { return engine_->port(); }
  EventSequence position() const override { return live_->position(); }
  void drain(std::chrono::milliseconds deadline) override { engine_->drain(deadline); }

  void on_events(std::span<const Event> events) override {
    if (!events.empty() && to_int(events.front().sequence) > to_int(position()) + 1) {
      // Something happened that nobody told us (the log was trimmed, the tail began late).
      sources_.forget_all();
      cache_->invalidate_all();
    }
    std::vector<CacheTag> tags;
    for (const Event& event : events) {
      if (event.sequence <= position()) continue;
      sources_.on_event(event);
      const Result<std::string> country = sources_.country(event.source_id);
      const std::vector<CacheTag> more = event_tags(event, country ? &*country : nullptr);
      tags.insert(tags.end(), more.begin(), more.end());
    }
    cache_->invalidate(tags);
    // The cache first: who hears of an article and asks for the list finds it there.
    live_->publish(events);
  }

  void on_search_change() override { cache_->invalidate(std::array{search_index_tag()}); }

  // RequestHandler
  void handle(Exchange& exchange) override {
    const Request& request = exchange.request();
    if (!is_own_host(request, public_name_)) {
      counters_->count(kNoRoute, 421);
      return exchange.reply(misdirected_);
    }
    const bool reads = request.method == Method::Get || request.method == Method::Head;
    const Encoding encoding = choose_encoding(request.accept_encoding);
    if (reads) {
      // A target in canonical spelling, as most are, is found without being parsed.
      if (const CachedPtr hit = cache_->find(request.target, encoding)) {
        hits_.add();
        return answer(exchange, *hit);
      }
    }
    const auto match = router_.find(request.path);
    if (!match) return refuse_path(exchange);
    const Route& route = router_.route(match->route);
    if (!takes(route, request.method)) return refuse_method(exchange, match->route);
    // Behind a proxy nobody knows who calls this machine by its own name.
    if (is_write(request) && !(settings_.public_url.empty() && may_write(request)))
      return refuse_write(exchange, match->route);

    auto parsed =
        Parameters::parse(route.is_callback ? std::string_view() : request.query, route.parameters);
    if (const auto* problem = std::get_if<Problem>(&parsed)) {
      return refuse(exchange, match->route, *problem);
    }
    Parameters& parameters = std::get<Parameters>(parsed);
    switch (route.serving) {
      case Serving::OnLoop:
        return answer_here(exchange, *match, parameters, encoding);
      case Serving::AsStream:
        return begin_stream(exchange, match->route, parameters);
      case Serving::OnWorker:
        break;
    }
    if (route.caching == Caching::Never) {
      return answer_on_worker(exchange, *match, std::move(parameters), encoding);
    }
    answer_through_cache(exchange, *match, std::move(parameters), encoding);
  }

 private:
  std::vector<Route> routes() {
    std::vector<Route> all = asset_routes();
    const auto add = [&all](std::vector<Route> more) {
      for (Route& route : more) all.push_back(std::move(route));
    };
    add(article_routes(dependencies_.articles, dependencies_.analyses, dependencies_.stories,
                       sources_, public_url_));
    add(story_routes({.articles = dependencies_.articles,
                      .analyses = dependencies_.analyses,
                      .stories = dependencies_.stories,
                      .sources = sources_,
                      .clock = dependencies_.clock}));
    add(search_routes({.index = dependencies_.search,
                       .articles = dependencies_.articles,
                       .stories = dependencies_.stories,
                       .sources = sources_,
                       .clock = dependencies_.clock}));
    add(analytics_routes({.index = dependencies_.search,
                          .stories = dependencies_.stories,
                          .rollups = dependencies_.rollups,
                          .ratings = dependencies_.ratings,
                          .families = dependencies_.families,
                          .sources = sources_,
                          .clock = dependencies_.clock}));
    add(rating_routes(dependencies_.ratings));
    add(trend_routes({.trends = dependencies_.trends,
                      .index = dependencies_.search,
                      .rollups = dependencies_.rollups,
                      .articles = dependencies_.articles,
                      .stories = dependencies_.stories,
                      .clock = dependencies_.clock}));
    add(saved_search_routes({.searches = dependencies_.saved_searches,
                             .articles = dependencies_.articles,
                             .stories = dependencies_.stories,
                             .sources = sources_}));
    add(topic_routes());
    add(source_routes(dependencies_.sources, dependencies_.clock));
    add(status_routes(dependencies_, sources_));
    if (dependencies_.push) add(push_routes(*dependencies_.push, dependencies_.metrics));
    all.push_back({.pattern = "/api/v1/live",
                   .access = Access::Reader,
                   .serving = Serving::AsStream,
                   .parameters = kLiveParameters});
    return all;
  }

  void register_metrics() {
    Metrics& metrics = dependencies_.metrics;
    // Shared with the registry, which may be rendered after the server is gone.
    metrics.gauge_from("response_cache_bytes", "Bytes that kept answers take.",
                       [cache = cache_] { return static_cast<double>(cache->size_bytes()); });
    metrics.gauge_from("live_readers", "Readers of the live stream.",
                       [live = live_] { return static_cast<double>(live->readers()); });
  }

  void answer(Exchange& exchange, const CachedResponse& response) const {
    const Request& request = exchange.request();
    const bool known = !request.if_none_match.empty() && !response.etag.empty() &&
                       etag_matches(request.if_none_match, response.etag);
    const ResponsePtr& chosen = known ? response.not_modified : response.full;
    counters_->count(response.route, chosen->status);
    exchange.reply(chosen);
  }

  void refuse(Exchange& exchange, std::size_t route, const Problem& problem) const {
    counters_->count(route, problem.status);
    exchange.reply(make_problem(problem));
  }

  void refuse_path(Exchange& exchange) const {
    const Request& request = exchange.request();
    if (request.target == "*") {
      counters_->count(kNoRoute, 204);
      return exchange.reply(make_response(204, {{"Allow", kAllowed}}, {}));
    }
    refuse(exchange, kNoRoute,
           {.status = 404,
            .code = "not_found",
            .title = "There is nothing here",
            .detail = "No route has this path. The API begins at /api/v1/articles and is described "
                      "in docs/api."});
  }

  static bool is_write(const Request& request) {
    return request.method == Method::Put || request.method == Method::Delete;
  }

  void refuse_write(Exchange& exchange, std::size_t route) const {
    refuse(exchange, route,
           {.status = 403,
            .code = "writing_not_allowed",
            .title = "Nothing can be changed from here",
            .detail = "As long as there are no accounts, changes are taken from this machine "
                      "alone: from localhost, 127.0.0.1 or [::1], and from no page of another "
                      "site."});
  }

  void refuse_method(Exchange& exchange, std::size_t route) const {
    const std::string allowed = allowed_methods(router_.route(route));
    if (exchange.request().method == Method::Options) {
      counters_->count(route, 204);
      return exchange.reply(make_response(204, {{"Allow", allowed}}, {}));
    }
    refuse(exchange, route,
           {.status = 405,
            .code = "method_not_allowed",
            .title = "The method is not allowed here",
            .detail = fmt::format("Allowed are {}.", allowed),
            .allow = allowed});
  }

  void refuse_overload(Exchange& exchange, std::size_t route) const {
    refuse(exchange, route,
           {.status = 503,
            .code = "overloaded",
            .title = "Too many requests are waiting",
            .detail = "Try again in a moment.",
            .retry_after_seconds = 1});
  }

  // How an answer may be kept.
  struct Keeping {
    std::vector<CacheTag> tags;
    std::optional<Time> until;
  };

  // Runs the handler; what failed becomes a problem, and is told in the log where it is ours.
  std::shared_ptr<const CachedResponse> computed(std::size_t index, const Call& call,
                                                 Encoding encoding,
                                                 Keeping* keeping = nullptr) const {
    const Route& route = router_.route(index);
    Result<Content> content = route.handler(call);
    if (content) {
      if (keeping != nullptr) *keeping = {std::move(content->tags), content->kept_until};
      return make_answer(*std::move(content), encoding, index);
    }
    const Error& error = content.error();
    if (error.kind == ErrorKind::Corrupt) {
      log::error("http.handler_failed", {{"route", route.pattern}, {"reason", error.message}});
    } else if (error.kind == ErrorKind::Unavailable) {
      log::warn("http.handler_unavailable", {{"route", route.pattern}, {"reason", error.message}});
    }
    return std::make_shared<const CachedResponse>(
        CachedResponse{.full = make_problem(problem_of(error)), .route = index});
  }

  void answer_here(Exchange& exchange, const Router::Match& match, const Parameters& parameters,
                   Encoding encoding) const {
    const Call call{parameters, match.path_id, exchange.request().path};
    answer(exchange, *computed(match.route, call, encoding));
  }

  void answer_on_worker(Exchange& exchange, const Router::Match& match, Parameters parameters,
                        Encoding encoding) {
    const ExchangePtr waiting = exchange.keep();
    auto run = [this, match, parameters = std::move(parameters), encoding, waiting] {
      const auto began = std::chrono::steady_clock::now();
      const Request& request = waiting->request();
      const Call call{parameters, match.path_id, request.path, &request};
      Keeping keeping;
      const CachedPtr response = computed(match.route, call, encoding, &keeping);
      // Before the answer: who changed something finds it changed.
      if (is_write(request)) cache_->invalidate(keeping.tags);
      counters_->observe(match.route, std::chrono::steady_clock::now() - began);
      answer(*waiting, *response);
    };
    auto refuse = [this, waiting, route = match.route] { refuse_overload(*waiting, route); };
    if (!workers_->submit({.run = std::move(run), .refuse = refuse})) refuse();
  }

  void answer_through_cache(Exchange& exchange, const Router::Match& match, Parameters parameters,
                            Encoding encoding) {
    const Request& request = exchange.request();
    const std::string query = parameters.canonical();
    std::string target = fmt::format("{}{}{}", request.path, query.empty() ? "" : "?", query);
    if (target != request.target) {
      if (const CachedPtr hit = cache_->find(target, encoding)) {
        hits_.add();
        return answer(exchange, *hit);
      }
    }
    misses_.add();
    auto flight = flights_.join(target, encoding, exchange);
    if (!flight) return;
    auto run = [this, match, parameters = std::move(parameters), encoding, target, flight] {
      const auto began = std::chrono::steady_clock::now();
      // Its request stays readable until it is answered below.
      const ExchangePtr first = flights_.first_of(*flight);
      const Call call{parameters, match.path_id, first->request().path};
      Keeping keeping;
      const CachedPtr response = computed(match.route, call, encoding, &keeping);
      if (response->full->status == 200 && response->not_modified) {
        cache_->store(target, encoding, response, keeping.tags, flight->computed_from,
                      keeping.until);
      }
      counters_->observe(match.route, std::chrono::steady_clock::now() - began);
      for (const ExchangePtr& one : flights_.land(target, encoding, flight))
        answer(*one, *response);
    };
    auto refuse = [this, route = match.route, encoding, target, flight] {
      for (const ExchangePtr& one : flights_.land(target, encoding, flight))
        refuse_overload(*one, route);
    };
    if (!workers_->submit({.run = std::move(run), .refuse = refuse})) refuse();
  }

  void begin_stream(Exchange& exchange, std::size_t route, const Parameters& parameters) {
    if (exchange.request().method == Method::Head) {
      return exchange.reply(make_response(200, kStreamHeaders, {}));
    }
    if (!live_->has_room()) return refuse_overload(exchange, route);
    std::optional<EventSequence> last_seen;
    const std::string_view header = exchange.request().header("Last-Event-ID");
    if (!header.empty()) {
      const auto number = parse_int(header);
      if (!number || *number < 0) {
        return refuse(exchange, route,
                      {.status = 400,
                       .code = "header_invalid",
                       .title = "A request field is not right",
                       .detail = "Last-Event-ID must be the id of an event that was sent here."});
      }
      last_seen = EventSequence(*number);
    } else if (const auto number = parameters.number("last_event_id")) {
      last_seen = EventSequence(*number);
    }
    // Room is kept before the stream begins: afterwards there is no way to answer 503.
    if (workers_->waiting() >= settings_.queue_max) return refuse_overload(exchange, route);
    counters_->count(route, 200);
    std::shared_ptr<Stream> stream =
        exchange.stream(make_stream_head(kStreamHeaders), LiveHub::kHeartbeat);
    // When the queue filled up in between, the stream is dropped: its reader comes back by itself.
    auto refuse = [stream] { stream->close(); };
    if (!workers_->submit({.run = [this, stream, last_seen] { live_->join(stream, last_seen); },
                           .refuse = refuse})) {
      refuse();
    }
  }

  inline static const std::string kAllowed = "GET, HEAD, OPTIONS";
  inline static const Headers kStreamHeaders = {{"Content-Type", "text/event-stream"},
                                                {"Cache-Control", "no-store"},
                                                {"X-Accel-Buffering", "no"}};

  const ServeSettings settings_;
  const Dependencies dependencies_;
  const std::string public_url_ =
      settings_.public_url.empty() ? url_of(settings_.http) : settings_.public_url;
  const std::string public_name_ = host_of(public_url_);
  SourceDirectory sources_;
  const std::shared_ptr<ResponseCache> cache_;  // shared with the metrics registry
  const std::shared_ptr<LiveHub> live_;         // shared with the metrics registry
  Router router_;
  std::optional<RouteCounters> counters_;
  std::optional<WorkerPool> workers_;
  std::unique_ptr<HttpServer> engine_;
  Counter& hits_ = dependencies_.metrics.counter("response_cache_hits_total",
                                                 "Requests that a kept answer served.");
  Counter& misses_ = dependencies_.metrics.counter("response_cache_misses_total",
                                                   "Requests for which the answer had to be made.");
  const ResponsePtr misdirected_ = make_problem(
      {.status = 421,
       .code = "host_not_served",
       .title = "This host name is not served here",
       .detail =
           "Only localhost, 127.0.0.1, [::1] and the host of the setting serve.public_url are "
           "answered, so that no web site can read your news through your browser."});
  Flights flights_{*cache_};
};

}  // namespace

Result<std::unique_ptr<ApiServer>> ApiServer::start(const ServeSettings& settings,
                                                    Dependencies dependencies) {
  const EventSequence head =
      TRY(with_context(dependencies.events.head(), "read the head of the event log"));
  auto server = std::make_unique<ApiServerOnEngine>(settings, std::move(dependencies), head);
  TRY(server->open());
  return std::unique_ptr<ApiServer>(std::move(server));
}

}  // namespace tidings::serve
