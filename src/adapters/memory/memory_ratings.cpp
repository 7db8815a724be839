#include "adapters/memory/state.h"

namespace tidings::memory {
namespace {

class MemoryRatingStore final : public RatingStore {
 public:
  explicit MemoryRatingStore(State& state) : state_(state) {}

  Result<void> put(const std::string& owner, const std::string& csv) override {
    TRY(check_ratings(csv));
    MutexLock lock(state_.mutex);
    state_.ratings[owner] = {.csv = csv, .changed_at = state_.clock.now()};
    state_.append(EventKind::RatingsChanged, Event{});
    return {};
  }

  Result<StoredRatings> get(const std::string& owner) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.ratings.find(owner);
    if (found == state_.ratings.end()) return no_ratings();
    return found->second;
  }

  Result<void> remove(const std::string& owner) override {
    MutexLock lock(state_.mutex);
    if (state_.ratings.erase(owner) == 0) return no_ratings();
    state_.append(EventKind::RatingsChanged, Event{});
    return {};
  }

 private:
  State& state_;
};

}  // namespace

std::unique_ptr<RatingStore> make_rating_store(State& state) {
  return std::make_unique<MemoryRatingStore>(state);
}

}  // namespace tidings::memory
