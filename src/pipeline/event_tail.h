// Follows the log's end and tells everyone in this process what happened, whichever process did it.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/metrics.h"
#include "core/signal.h"
#include "ports/event_log.h"

namespace tidings::pipeline {

// Not durable: it begins at the head of the log at start. What must not miss an event is a
// Consumer.
class EventTail {
 public:
  using Listener = std::function<void(std::span<const Event>)>;
  struct Settings {
    std::chrono::milliseconds poll_interval{250};  // for events of other processes
    std::size_t batch_events_max = 1000;
  };

  // Listeners are called in order, on the tail's thread, with events in order.
  EventTail(EventLog& log, std::vector<Listener> listeners, Settings settings)
      : log_(log), listeners_(std::move(listeners)), settings_(settings) {}

  // Goes on after `position`; absent: after the present end of the log.
  Result<void> start(std::optional<EventSequence> position = std::nullopt);

  // Passes on what is new. Returns whether there was anything.
  Result<bool> step();

  void run(const std::stop_token& stop, Signal& appended);

 private:
  EventLog& log_;
  const std::vector<Listener> listeners_;
  const Settings settings_;
  EventSequence position_{};
};

}  // namespace tidings::pipeline
