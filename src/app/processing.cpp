#include "app/processing.h"

#include <utility>

#include "core/log.h"

namespace tidings::app {
namespace {

// Analyzing an article takes about a millisecond: a batch is stored, and shown, soon.
constexpr std::size_t kAnalyzedBatch = 200;

// A story is read and written once a batch: many articles at once cost a third of what few do. Much
// more would keep others from writing for too long.
constexpr std::size_t kGroupedBatch = 2'000;

// As soon as they are analyzed; their texts are read anew.
constexpr std::size_t kMatchedBatch = 500;

}  // namespace

Processing::Processing(const Settings& settings, pipeline::StorySettings stories,
                       const Runtime& runtime)
    : appended_(runtime.appended),
      counts_(runtime.stores, families_),
      analysts_(pipeline::BatchWorkers::threads_by_default()),
      failures_(runtime.metrics, runtime.clock),
      analysis_(runtime.stores.articles(), runtime.stores.analyses(), analysts_, failures_,
                &learned_topics_),
      families_(stories.families),
      stories_(runtime.stores, runtime.objects, runtime.metrics, runtime.clock, std::move(stories)),
      standing_(runtime.stores, families_, runtime.metrics),
      trends_(runtime.stores, runtime.objects, families_, runtime.metrics, runtime.clock),
      counting_(counts_, runtime.stores.events(), runtime.metrics),
      analyzing_(analysis_, runtime.stores.events(), runtime.metrics,
                 {.batch_events_max = kAnalyzedBatch}),
      grouping_(stories_, runtime.stores.events(), runtime.metrics,
                {.batch_events_max = kGroupedBatch}),
      matching_(standing_, runtime.stores.events(), runtime.metrics,
                {.batch_events_max = kMatchedBatch}),
      trending_(trends_, runtime.stores.events(), runtime.metrics),
      retention_(runtime.stores.articles(), runtime.stores.events(), runtime.stores.rollups(),
                 runtime.objects, runtime.metrics, runtime.clock, settings.retention),
      learns_topics_(settings.learn_topics),
      learning_(runtime.stores.articles(), runtime.objects, learned_topics_) {}

Processing::~Processing() {
  for (std::jthread& thread : threads_) thread.request_stop();
  analysts_.request_stop();  // a batch that is under way is taken up again at the next start
}

void Processing::start() {
  threads_.emplace_back([this](const std::stop_token& stop) { count(stop); });
  threads_.emplace_back([this](const std::stop_token& stop) { analyzing_.run(stop, appended_); });
  threads_.emplace_back([this](const std::stop_token& stop) { follow_stories(stop); });
  threads_.emplace_back([this](const std::stop_token& stop) { matching_.run(stop, appended_); });
  threads_.emplace_back([this](const std::stop_token& stop) { follow_trends(stop); });
  threads_.emplace_back([this](const std::stop_token& stop) { retention_.run(stop); });
  if (learns_topics_)
    threads_.emplace_back([this](const std::stop_token& stop) { learning_.run(stop); });
}

// Articles of before are counted between steps, so that news does not wait for them.
void Processing::count(const std::stop_token& stop) {
  constexpr std::chrono::seconds kRetryAfter{2};
  Signal never;
  const std::stop_callback wake(stop, [&never] { never.notify(); });
  while (!stop.stop_requested()) {
    const Result<bool> filled = counts_.fill_step();
    if (filled && !*filled) break;
    const auto counted = filled ? counting_.step() : filled.error();
    if (counted) continue;
    log::warn("rollups.wait", {{"reason", counted.error().message}});
    never.wait_past(never.version(), kRetryAfter);
  }
  counting_.run(stop, appended_);
}

void Processing::follow_stories(const std::stop_token& stop) {
  grouping_.run(stop, appended_);
  const Result<void> kept = stories_.checkpoint();
  if (!kept) log::warn("stories.checkpoint_failed", {{"reason", kept.error().message}});
}

void Processing::follow_trends(const std::stop_token& stop) {
  trending_.run(stop, appended_);
  const Result<void> kept = trends_.checkpoint();
  if (!kept) log::warn("trends.checkpoint_failed", {{"reason", kept.error().message}});
}

}  // namespace tidings::app
