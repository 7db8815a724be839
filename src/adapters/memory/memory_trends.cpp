#include <algorithm>

#include "adapters/memory/state.h"

namespace tidings::memory {
namespace {

class MemoryTrendStore final : public TrendStore {
 public:
  explicit MemoryTrendStore(State& state) : state_(state) {}

  Result<TrendList> replace(const TrendStep& step, const CursorMove& move) override {
    MutexLock lock(state_.mutex);
    TrendList& list = state_.trends;
    if (list.version != step.version) return trends_moved_on();
    TRY(state_.advance(move));
    list = {.version = step.version + 1,
            .since = step.since,
            .as_of = step.as_of,
            .is_warm = step.is_warm,
            .trends = step.trends};
    for (CurrentTrend& one : list.trends) {
      if (one.id != TrendId{}) continue;
      one.id = TrendId(state_.next_id());
      if (one.is_told) tell(EventKind::TrendRose, one.id, one.since);
    }
    for (const TrendId id : step.over) tell(EventKind::TrendOver, id, step.as_of);
    return list;
  }

  Result<TrendList> list() const override {
    MutexLock lock(state_.mutex);
    return state_.trends;
  }

  Result<CurrentTrend> get(TrendId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = std::ranges::find(state_.trends.trends, id, &CurrentTrend::id);
    if (found == state_.trends.trends.end()) return no_such_trend(id);
    return *found;
  }

  Result<TrendCheckpoint> checkpoint() const override {
    MutexLock lock(state_.mutex);
    return state_.trend_checkpoint;
  }

  Result<void> set_checkpoint(const TrendCheckpoint& checkpoint) override {
    MutexLock lock(state_.mutex);
    if (checkpoint.cursor < state_.trend_checkpoint.cursor) return later_trend_checkpoint();
    state_.trend_checkpoint = checkpoint;
    return {};
  }

 private:
  void tell(EventKind kind, TrendId id, Time since) REQUIRES(state_.mutex) {
    state_.append(kind, Event{.subject = to_int(id), .published = since});
  }

  State& state_;
};

}  // namespace

std::unique_ptr<TrendStore> make_trend_store(State& state) {
  return std::make_unique<MemoryTrendStore>(state);
}

}  // namespace tidings::memory
