// A consumer follows the event log; the runner gives it batches, retries, and buries what it cannot
// take.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/metrics.h"
#include "core/result.h"
#include "core/signal.h"
#include "ports/event_log.h"

namespace tidings::pipeline {

// Every consumer that there is, by the name of its cursor.
constexpr std::array<std::string_view, 5> kConsumerNames = {"hourly_counts", "analyze", "stories",
                                                            "standing_queries", "trends"};

class Consumer {
 public:
  virtual ~Consumer() = default;
  virtual const std::string& name() const = 0;

  // Lets the events take effect and takes the step, in one commit. On failure nothing of either may
  // remain. InvalidInput, NotFound, Forbidden: these events are at fault. Conflict: another process
  // took the step. Anything else is not theirs: wait and try again.
  virtual Result<void> apply(std::span<const Event> events, const CursorMove& move) = 0;

  // There is nothing after `at`: for who has something to do as time goes on. Fails as apply().
  virtual Result<void> rest(EventSequence at) {
    static_cast<void>(at);
    return {};
  }
};

struct ConsumerSettings {
  std::size_t batch_events_max = 1000;
  int attempts_max = 3;  // of an event that stands alone, before it is buried
  std::chrono::milliseconds poll_interval{500};
  std::chrono::milliseconds backoff_min{200};
  std::chrono::milliseconds backoff_max{30'000};
};

// Drives one consumer. One thread.
class ConsumerRunner {
 public:
  ConsumerRunner(Consumer& consumer, EventLog& log, Metrics& metrics,
                 ConsumerSettings settings = {});

  enum class Step { Idle, Worked };
  // One step: a batch, a redriven letter, or nothing to do. An error means wait: the log or a
  // dependency is away.
  Result<Step> step();

  // Steps until stopped; sleeps until `appended` tells of new events.
  void run(const std::stop_token& stop, Signal& appended);

 private:
  Result<Step> take_batch(EventSequence from, std::span<const Event> events);
  Result<Step> handle_fault(EventSequence from, std::span<const Event> events, Error error);
  Result<Step> retry_redriven(EventSequence at);
  Result<Step> rest(EventSequence at);
  void publish_lag(EventSequence cursor);

  Consumer& consumer_;
  EventLog& log_;
  const ConsumerSettings settings_;
  Gauge& lag_events_;
  Counter& events_total_;
  Counter& buried_total_;
  std::size_t batch_size_;  // halved until a faulty event stands alone, then grows again
  int attempts_ = 0;        // of the event that stands alone
};

}  // namespace tidings::pipeline
