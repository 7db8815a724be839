// One ordered durable log of what happened, and how far each consumer has read it. Adapters:
// sqlite, postgres, memory. Every adapter passes tests/contract/event_log_contract.h.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "model/event.h"

namespace tidings {

// An event that a consumer could not take, kept with its reason until somebody looks.
struct DeadLetter {
  DeadLetterId id{};
  std::string consumer;
  Event event;
  std::string error;
  std::int32_t attempts = 0;
  Time buried_at{};
  bool redriven = false;  // waits to be tried again
};

// A consumer's step, committed with its results: the cursor from `from` to `to`, events that are
// given up, a redriven letter that is done. Conflict when the cursor is not at `from`, or the
// letter to settle is not there any more: somebody else took the step. InvalidInput when `to` is
// before `from`.
struct CursorMove {
  std::string consumer;
  EventSequence from{};
  EventSequence to{};                   // equal to `from` when only a letter is settled
  std::vector<DeadLetter> buried;       // id, consumer, buried_at and redriven are the log's
  std::optional<DeadLetterId> settled;  // removed: its event has taken effect
};

// Safe to call from many threads. Events become visible in sequence order without gaps: a reader
// that saw n has seen everything up to n.
class EventLog {
 public:
  virtual ~EventLog() = default;

  // Up to `limit` events after `after`, in order. `limit` is 1 to 10,000; others are moved there.
  virtual Result<std::vector<Event>> read(EventSequence after, std::size_t limit) const = 0;
  virtual Result<EventSequence> head() const = 0;  // 0 when nothing ever happened
  virtual Result<EventSequence> oldest()
      const = 0;  // the first that retention left; head + 1 when empty

  virtual Result<EventSequence> cursor(
      const std::string& consumer) const = 0;  // 0 for a new consumer
  virtual Result<void> advance(const CursorMove& move) = 0;

  // Those that wait to be tried again first, then by id.
  virtual Result<std::vector<DeadLetter>> dead_letters(
      const std::string& consumer,  // empty: of all
      std::size_t limit) const = 0;
  // Marks letters to be tried again (`ids` empty: all of the consumer; `consumer` empty: of any).
  // Returns how many were not marked before.
  virtual Result<std::size_t> redrive(const std::string& consumer,
                                      std::span<const DeadLetterId> ids) = 0;
  // A redriven letter failed again: it rests with its new error and one attempt more. NotFound.
  virtual Result<void> rebury(DeadLetterId id, const std::string& error) = 0;

  // Removes events before `before` that every known consumer has read, oldest first and without
  // leaving gaps. Returns how many, at most `rows_max`. A consumer is known from its first
  // advance() on; without any, nothing is removed.
  virtual Result<std::size_t> trim(Time before, std::size_t rows_max) = 0;
};

}  // namespace tidings
