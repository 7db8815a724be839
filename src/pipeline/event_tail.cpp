#include "pipeline/event_tail.h"

#include "core/log.h"
#include "core/thread_name.h"

namespace tidings::pipeline {

Result<void> EventTail::start(std::optional<EventSequence> position) {
  position_ = position ? *position : TRY(log_.head());
  return {};
}

Result<bool> EventTail::step() {
  const std::vector<Event> events = TRY(log_.read(position_, settings_.batch_events_max));
  if (events.empty()) return false;
  for (const Listener& listener : listeners_) listener(events);
  position_ = events.back().sequence;
  return true;
}

void EventTail::run(const std::stop_token& stop, Signal& appended) {
  name_batch_thread("event-tail");
  const std::stop_callback wake(stop, [&appended] { appended.notify(); });
  bool reported = false;
  while (!stop.stop_requested()) {
    const std::uint64_t seen = appended.version();
    const Result<bool> worked = step();
    if (!worked && !reported) log::warn("event_tail.waited", {{"reason", worked.error().message}});
    reported = !worked;
    if (!worked || !*worked) appended.wait_past(seen, settings_.poll_interval);
  }
}

}  // namespace tidings::pipeline
