// What an answer costs that is kept: one that moves with the clock beside one that does not.
//
// Budget: a hash of the target, an uncontended lock and a look-up by string, some 100 ns; the clock
// adds 30 ns where it has to be asked.
#include <array>
#include <memory>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>

#include "core/check.h"
#include "core/time.h"
#include "serve/cache_tags.h"
#include "serve/response_cache.h"

namespace tidings::serve {
namespace {

const std::string kTarget = "/api/v1/analytics/series?interval=week&q=strike&since=2026-01-01";

void find(benchmark::State& state, std::optional<Time> kept_until) {
  const SystemClock clock;
  ResponseCache cache(16 << 20, clock);
  const auto response = std::make_shared<const CachedResponse>(
      CachedResponse{.full = make_response(200, {}, std::string(4'000, 'x')),
                     .not_modified = make_response(304, {}, {})});
  cache.store(kTarget, Encoding::Identity, response, search_answer_tags(), cache.generation(),
              kept_until);
  for (auto _ : state) {
    const auto found = cache.find(kTarget, Encoding::Identity);
    CHECK(found != nullptr);
  }
}
BENCHMARK_CAPTURE(find, by_events, std::nullopt);
BENCHMARK_CAPTURE(find, by_clock, SystemClock().now() + std::chrono::hours(1));

// Each look follows an event that concerns something else: its tags are compared.
void find_after_event(benchmark::State& state) {
  const SystemClock clock;
  ResponseCache cache(16 << 20, clock);
  const auto response = std::make_shared<const CachedResponse>(
      CachedResponse{.full = make_response(200, {}, std::string(4'000, 'x')),
                     .not_modified = make_response(304, {}, {})});
  cache.store(kTarget, Encoding::Identity, response, search_answer_tags(), cache.generation());
  const std::array other = {make_tag("something else")};
  for (auto _ : state) {
    cache.invalidate(other);
    const auto found = cache.find(kTarget, Encoding::Identity);
    CHECK(found != nullptr);
  }
}
BENCHMARK(find_after_event);

}  // namespace
}  // namespace tidings::serve
