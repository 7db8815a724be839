#include "app/pushing.h"

#include <algorithm>

#include <fmt/format.h>

namespace tidings::app {
namespace {

pipeline::PushSettings keeper_settings(const Settings& settings) {
  pipeline::PushSettings push = settings.push;
  push.public_url = settings.serve.public_url;
  push.fetch = settings.fetch;
  return push;
}

}  // namespace

Pushing::Pushing(const Runtime& runtime, pipeline::PacedTransfers& transfers,
                 pipeline::PushTrust& trust, const Settings& settings)
    : delivered_(runtime.delivered),
      keeper_({runtime.stores.pushes(), runtime.stores.sources(), transfers, runtime.sealer}, trust,
              runtime.metrics, runtime.clock, keeper_settings(settings)),
      intake_({runtime.stores.pushes(), runtime.stores.sources(), runtime.stores.articles(),
               runtime.objects},
              runtime.appended, runtime.metrics, runtime.clock,
              {.ask_gap = settings.refresh.schedule.fixed_interval_min,
               .keep_raw = settings.refresh.commit.keep_raw}) {}

void Pushing::start() {
  threads_.emplace_back([this](const std::stop_token& stop) { keeper_.run(stop); });
  threads_.emplace_back([this](const std::stop_token& stop) { intake_.run(stop, delivered_); });
}

void Pushing::request_stop() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

std::optional<serve::PushCallbacks> push_callbacks(const Runtime& runtime,
                                                   const Settings& settings) {
  if (!has_websub(settings)) return std::nullopt;
  return serve::PushCallbacks{.pushes = runtime.stores.pushes(),
                              .spool = runtime.objects,
                              .sealer = runtime.sealer,
                              .clock = runtime.clock,
                              .arrived = [&delivered = runtime.delivered] { delivered.notify(); },
                              .bytes_waiting_max = settings.serve.push_bytes_waiting_max};
}

serve::HealthReport check_websub(const PushStore& pushes, const Settings& settings) {
  if (!has_websub(settings)) {
    return {.detail =
                "off: hubs cannot reach us, since serve.public_url is not set; feeds are "
                "polled"};
  }
  const auto all = pushes.list();
  if (!all)
    return {.ok = false, .detail = all.error().message, .remedy = "see the database's check"};
  const auto active = std::ranges::count(*all, PushState::Active, &PushSubscription::state);
  return {.detail = fmt::format("{} of {} subscriptions stand", active, all->size())};
}

}  // namespace tidings::app
