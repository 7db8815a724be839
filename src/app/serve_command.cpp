// The server: opens the stores, starts the threads of each role, and on SIGTERM lets everything
// come to its end.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <optional>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/data_lock.h"
#include "app/fetching.h"
#include "app/health.h"
#include "app/master_keys.h"
#include "app/processing.h"
#include "app/pushing.h"
#include "app/searching.h"
#include "app/settings_options.h"
#include "app/stop_signals.h"
#include "app/story_settings.h"
#include "app/wiring.h"
#include "pipeline/event_tail.h"
#include "serve/api_server.h"
#include "sources/catalog.h"

namespace tidings::app {
namespace {

log::Level log_level(std::string_view name) {
  if (name == "debug") return log::Level::Debug;
  if (name == "warn") return log::Level::Warn;
  return name == "error" ? log::Level::Error : log::Level::Info;
}

// A database in which nothing ever happened gets the starter catalogue, so that the first start
// shows news.
Result<void> follow_starter_catalog(Stores& stores) {
  if (TRY(stores.events().head()) != EventSequence{}) return {};
  const std::vector<SourceSettings> feeds = TRY(sources::starter_catalog());
  TRY(stores.sources().add(feeds));
  log::info("starter_catalog.followed", {{"feeds", feeds.size()}});
  return {};
}

// A stop waits for whoever is at work; one who is stuck in a store that does not answer must not
// keep the process alive. What is cut off was never acknowledged.
class StopLimit {
 public:
  explicit StopLimit(std::chrono::seconds limit)
      : watching_([this, limit](const std::stop_token& stop) {
          const std::stop_callback wake(stop, [this] { ended_.notify(); });
          const auto deadline = std::chrono::steady_clock::now() + limit;
          for (std::uint64_t seen = ended_.version(); !stop.stop_requested();
               seen = ended_.version()) {
            const auto left = deadline - std::chrono::steady_clock::now();
            if (left <= left.zero()) {
              log::error("server.stop_forced", {{"waited_seconds", limit.count()}});
              std::_Exit(kFailure);
            }
            ended_.wait_past(seen, left);
          }
        }) {}

 private:
  Signal ended_;
  std::jthread watching_;
};

Result<void> serve(const Settings& settings) {
  const StopSignals stop_signals;
  const SystemClock clock;
  Metrics metrics;
  Signal appended;
  const DataLock lock = TRY(DataLock::take(settings.data));
  std::optional<StopLimit> stop_limit;  // ends last
  const auto stores = TRY(open_stores(settings, clock));
  const auto objects = TRY(open_objects(settings));
  metrics.gauge_from("disk_free_bytes", "Room left where payloads are kept.", [&objects] {
    const auto free = objects->free_bytes();
    const bool is_known = free && *free;
    return is_known ? static_cast<double>(**free) : std::numeric_limits<double>::quiet_NaN();
  });
  if (settings.starter_catalog) TRY(follow_starter_catalog(*stores));

  const std::unique_ptr<Sealer> sealer = make_sealer(settings);
  Signal delivered;
  const Runtime runtime{*stores, *objects, *sealer, metrics, clock, appended, delivered};

  // Before the port opens: who finds it open has found a server that came up.
  std::unique_ptr<Fetching> fetching;
  if (has_role(settings, "fetch")) fetching = TRY(Fetching::make(settings, runtime));

  std::unique_ptr<Searching> searching;
  std::unique_ptr<serve::ApiServer> api;
  std::vector<pipeline::EventTail::Listener> listeners;
  if (has_role(settings, "serve")) {
    searching = TRY(Searching::make(settings, runtime));
    api = TRY(serve::ApiServer::start(
        settings.serve, {.articles = stores->articles(),
                         .analyses = stores->analyses(),
                         .stories = stores->stories(),
                         .sources = stores->sources(),
                         .events = stores->events(),
                         .rollups = stores->rollups(),
                         .search = searching->index(),
                         .saved_searches = stores->saved_searches(),
                         .ratings = stores->ratings(),
                         .families = searching->families(),
                         .trends = stores->trends(),
                         .metrics = metrics,
                         .clock = clock,
                         .checks = health_checks(*stores, *objects, settings),
                         .consumers = [&] { return consumer_progress(stores->events()); },
                         .push = push_callbacks(runtime, settings)}));
    listeners.emplace_back([&api](std::span<const Event> events) { api->on_events(events); });
    searching->set_listener([&api] { api->on_search_change(); });
    log::info("server.started",
              {{"url", fmt::format("http://{}:{}", settings.serve.http.address, api->port())},
               {"version", TIDINGS_VERSION},
               {"database", describe_database(settings)}});
  }

  if (fetching) {
    listeners.emplace_back(
        [&fetching](std::span<const Event> events) { fetching->on_events(events); });
  }

  pipeline::EventTail tail(stores->events(), std::move(listeners), {});
  TRY(tail.start(api ? std::optional(api->position()) : std::nullopt));
  std::optional<Processing> processing;
  if (has_role(settings, "process")) {
    processing.emplace(settings, TRY(story_settings(settings)), runtime);
  }

  // Joined when this scope ends: what serves goes last.
  std::jthread tailing([&](const std::stop_token& stop) { tail.run(stop, appended); });
  if (processing) processing->start();
  if (searching) searching->start();
  if (fetching) fetching->start();

  const int signal = stop_signals.wait();
  log::info("server.stopping", {{"signal", signal}});
  stop_limit.emplace(std::chrono::seconds(20));
  if (fetching) fetching->request_stop();
  if (api) api->drain(std::chrono::seconds(10));
  if (fetching) fetching->join();
  processing.reset();
  if (searching) searching->set_listener({});  // the server goes before the index does
  log::info("server.stopped");
  return {};
}

}  // namespace

int run_serve(const Arguments& arguments) {
  const Result<Settings> settings = settings_from(arguments);
  if (!settings) return report(settings.error());
  log::set_level(log_level(settings->log_level));
  return report(serve(*settings));
}

}  // namespace tidings::app
