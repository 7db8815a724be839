#include "pipeline/push_intake.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/log.h"
#include "core/thread_name.h"
#include "pipeline/payload_pack.h"
#include "pipeline/refresh.h"

namespace tidings::pipeline {
namespace {

constexpr std::size_t kPageObjects = 100;

bool is_away(const Result<void>& result) {
  return !result && result.error().kind == ErrorKind::Unavailable;
}

}  // namespace

PushIntake::PushIntake(PushIntakePorts ports, Signal& appended, Metrics& metrics,
                       const Clock& clock, PushIntakeSettings settings)
    : ports_(ports),
      appended_(appended),
      clock_(clock),
      settings_(settings),
      added_total_(metrics.counter("websub_articles_total", "New articles that hubs delivered.")),
      unreadable_total_(metrics.counter("websub_unreadable_total",
                                        "Deliveries that are no feed: their source is asked.")) {}

Result<std::size_t> PushIntake::step() {
  std::size_t taken = 0;
  const ObjectPage waiting = TRY(ports_.objects.list(kDeliveryPrefix, "", kPageObjects));
  for (const ObjectInfo& object : waiting.objects) {
    TRY(take(object.key));
    ++taken;
  }
  return taken;
}

void PushIntake::run(const std::stop_token& stop, Signal& arrived) {
  name_batch_thread("push-intake");
  const std::stop_callback wake(stop, [&arrived] { arrived.notify(); });
  bool reported = false;
  while (!stop.stop_requested()) {
    const std::uint64_t seen = arrived.version();
    const Result<std::size_t> taken = step();
    if (!taken && !reported) log::warn("push_intake.waited", {{"reason", taken.error().message}});
    reported = !taken;
    if (!taken || *taken < kPageObjects) arrived.wait_past(seen, settings_.poll_interval);
  }
}

Result<void> PushIntake::take(const std::string& key) {
  Result<std::string> bytes = ports_.objects.get(key);
  if (!bytes && bytes.error().kind == ErrorKind::NotFound) return {};  // another process took it
  if (!bytes && bytes.error().kind != ErrorKind::Corrupt) return std::move(bytes).error();
  const Result<Delivery> delivery =
      bytes ? read_delivery({.key = key, .bytes = *std::move(bytes)}) : bytes.error();
  Result<void> stored = delivery ? store(*delivery) : delivery.error();
  if (is_away(stored)) return stored;
  if (!stored) log::error("push.lost", {{"key", key}, {"reason", stored.error().message}});
  return ports_.objects.remove(key);
}

Result<void> PushIntake::store(const Delivery& delivery) {
  const Result<Source> source = ports_.sources.get(delivery.source_id);
  if (!source && source.error().kind == ErrorKind::NotFound) return {};
  if (!source) return source.error();
  if (delivery.body.empty()) return ask_publisher(*source);
  Result<Refreshed> refreshed = refresh_pushed(
      *source,
      {.bytes = delivery.body, .content_type = delivery.content_type, .url = source->fetch_url()},
      clock_.now(), {.keep_raw = settings_.keep_raw});
  if (!refreshed) {
    unreadable_total_.add();
    log::info("push.unreadable",
              {{"source_id", to_int(source->id)}, {"reason", refreshed.error().message}});
    return ask_publisher(*source);
  }
  if (settings_.keep_raw) {
    const Object pack = payload_pack(std::move(refreshed->payload), clock_.now());
    TRY(ports_.objects.put({&pack, 1}));
  }
  const auto outcomes = TRY(ports_.articles.ingest({&refreshed->batch, 1}));
  const std::size_t added = outcomes.front().added.size();
  added_total_.add(static_cast<std::int64_t>(added));
  appended_.notify();
  return prove(source->id, added > 0);
}

// Who changes the subscription meanwhile says something else about it: read it again.
Result<void> PushIntake::prove(SourceId id, bool brought_new) {
  constexpr int kTriesMax = 5;
  for (int tries = 0; tries < kTriesMax; ++tries) {
    Result<PushSubscription> subscription = ports_.pushes.get(id);
    if (!subscription) break;
    subscription->last_push_at = clock_.now();
    if (brought_new) subscription->proven_at = clock_.now();
    if (TRY(ports_.pushes.replace(*subscription))) break;
  }
  return {};
}

Result<void> PushIntake::ask_publisher(const Source& source) {
  const std::array ids = {source.id};
  TRY(prove(source.id, false));
  const Time fetched_at = source.state.last_fetched_at.value_or(Time::min());
  return ports_.sources.make_due(ids, std::max(clock_.now(), fetched_at + settings_.ask_gap));
}

}  // namespace tidings::pipeline
