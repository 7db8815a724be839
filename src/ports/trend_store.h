// What rises now, as it was last found, and what finds it is restored from. Adapters: sqlite and
// postgres (one repository), memory. Every adapter passes tests/contract/trend_store_contract.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "model/trend.h"
#include "ports/event_log.h"

namespace tidings {

// A whole list, instead of the one before.
struct TrendStep {
  std::int64_t version = 0;  // of the list that it follows from
  Time since{}, as_of{};
  bool is_warm = false;
  std::vector<CurrentTrend> trends;  // the zero id: new; at most kCurrentTrendsMax
  std::vector<TrendId> over;         // of those before; their end is told
};

// Counts up to an event, in the object store.
struct TrendCheckpoint {
  std::string key;  // empty: there is none yet
  EventSequence cursor{};
  friend bool operator==(const TrendCheckpoint&, const TrendCheckpoint&) = default;
};

// Safe to call from many threads. A call that returned success survives a crash.
class TrendStore {
 public:
  virtual ~TrendStore() = default;

  // Takes the consumer's step with it, and appends a TrendRose event for each new trend that is
  // told of and a TrendOver event for each of `over`, in one commit. Returns the list as it is kept
  // then. Conflict, and nothing done, when the list is not at `step.version`, or as CursorMove
  // says.
  virtual Result<TrendList> replace(const TrendStep& step, const CursorMove& move) = 0;

  virtual Result<TrendList> list() const = 0;
  virtual Result<CurrentTrend> get(TrendId id) const = 0;  // NotFound

  virtual Result<TrendCheckpoint> checkpoint() const = 0;
  // Conflict when there is one of a later event.
  virtual Result<void> set_checkpoint(const TrendCheckpoint& checkpoint) = 0;
};

Error no_such_trend(TrendId id);
Error trends_moved_on();
Error later_trend_checkpoint();

}  // namespace tidings
