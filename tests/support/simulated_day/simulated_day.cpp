#include "tests/support/simulated_day/simulated_day.h"

#include <optional>
#include <thread>
#include <utility>

#include "adapters/curl/curl_http_client.h"
#include "adapters/memory/memory_stores.h"
#include "adapters/sqlite/sqlite_stores.h"
#include "pipeline/refresher.h"

namespace tidings::simulated_day {
namespace {

using std::chrono::steady_clock;

// The clock moves by whole steps: what is due in the same one is asked together.
constexpr Duration kStep = std::chrono::seconds(1);
constexpr std::chrono::seconds kPatience{60};

class Simulation {
 public:
  Simulation(publisher::ScoredPublisher& publisher, HttpClient& http, Stores& stores,
             ManualClock& clock)
      : publisher_(publisher),
        stores_(stores),
        clock_(clock),
        objects_(clock),
        transfers_(http, metrics_, clock, {.paces_private_addresses = true}),
        refresher_({stores.sources(), stores.articles(), objects_, transfers_}, appended_, metrics_,
                   clock, {.commit = {.keep_raw = false}}) {}

  Result<void> run(Time end) {
    TRY(follow_all());
    std::jthread refreshing([this](const std::stop_token& stop) { refresher_.run(stop); });
    while (clock_.now() < end) {
      TRY(settle());
      clock_.set(std::min(end, TRY(next_moment())));
      transfers_.wake();
      refresher_.wake();
    }
    return {};
  }

 private:
  Result<void> follow_all() {
    std::vector<SourceSettings> sources;
    for (const publisher::ScoredFeed& feed : publisher_.world().feeds)
      sources.push_back({.url = feed.listed_url});
    TRY(stores_.sources().add(sources));
    return {};
  }

  // Waits until nothing is under way and nothing can begin at this moment.
  Result<void> settle() {
    const auto deadline = steady_clock::now() + kPatience;
    while (true) {
      const Time now = clock_.now();
      const std::optional<Time> due = TRY(stores_.sources().next_due());
      if ((!due || *due > now) && refresher_.is_idle()) return {};
      if (steady_clock::now() > deadline) return unavailable("the simulation has got stuck");
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
  }

  Result<Time> next_moment() {
    const std::optional<Time> due = TRY(stores_.sources().next_due());
    const std::optional<Time> ready = transfers_.next_ready();
    const Time next = std::min(due.value_or(Time::max()), ready.value_or(Time::max()));
    if (next == Time::max()) return unavailable("nothing is due any more");
    const Time now = clock_.now();
    const auto steps = std::max<std::int64_t>(1, (next - now + kStep - Duration(1)) / kStep);
    return now + steps * kStep;
  }

  publisher::ScoredPublisher& publisher_;
  Stores& stores_;
  ManualClock& clock_;
  memory::MemoryObjectStore objects_;
  Metrics metrics_;
  Signal appended_;
  pipeline::PacedTransfers transfers_;
  pipeline::Refresher refresher_;
};

}  // namespace

Result<Day> live_through(const DaySettings& settings) {
  const auto started = steady_clock::now();
  ManualClock clock(settings.world.began);
  const auto publisher =
      TRY(publisher::ScoredPublisher::start(publisher::make_world(settings.world), clock));
  const auto http = TRY(curl::CurlHttpClient::make(publisher->client_settings()));
  const auto stores =
      TRY(sqlite::open_sqlite({.path = settings.folder + "/simulated_day.db"}, clock));
  TRY(Simulation(*publisher, *http, *stores, clock)
          .run(settings.world.began + settings.world.length));
  const ArticleCounts counts = TRY(stores->articles().counts());
  return Day{
      .score = publisher->score(),
      .sources = static_cast<std::int64_t>(publisher->world().feeds.size()),
      .articles = counts.articles,
      .took = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - started)};
}

}  // namespace tidings::simulated_day
