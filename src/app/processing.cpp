#include "app/processing.h"

namespace tidings::app {
namespace {

// Analyzing an article takes about a millisecond: a batch is stored, and shown, soon.
constexpr std::size_t kAnalyzedBatch = 200;

}  // namespace

Processing::Processing(const Settings& settings, const Runtime& runtime)
    : appended_(runtime.appended),
      counts_(runtime.stores.rollups()),
      analysis_(runtime.stores.articles(), runtime.stores.analyses()),
      counting_(counts_, runtime.stores.events(), runtime.metrics),
      analyzing_(analysis_, runtime.stores.events(), runtime.metrics,
                 {.batch_events_max = kAnalyzedBatch}),
      retention_(runtime.stores.articles(), runtime.stores.events(), runtime.objects,
                 runtime.metrics, runtime.clock, settings.retention) {}

void Processing::start() {
  threads_.emplace_back([this](const std::stop_token& stop) { counting_.run(stop, appended_); });
  threads_.emplace_back([this](const std::stop_token& stop) { analyzing_.run(stop, appended_); });
  threads_.emplace_back([this](const std::stop_token& stop) { retention_.run(stop); });
}

}  // namespace tidings::app
