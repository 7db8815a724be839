#include <algorithm>
#include <utility>

#include "adapters/memory/state.h"

namespace tidings::memory {
namespace {

class MemoryPushStore final : public PushStore {
 public:
  explicit MemoryPushStore(State& state) : state_(state) {}

  Result<bool> add(const PushSubscription& subscription) override {
    MutexLock lock(state_.mutex);
    const auto [at, is_new] = state_.pushes.try_emplace(subscription.source_id, subscription);
    if (is_new) at->second.version = 1;
    return is_new;
  }

  Result<bool> replace(const PushSubscription& subscription) override {
    MutexLock lock(state_.mutex);
    PushSubscription* const known = find(subscription);
    if (known == nullptr) return false;
    *known = subscription;
    ++known->version;
    return true;
  }

  Result<bool> remove(const PushSubscription& subscription) override {
    MutexLock lock(state_.mutex);
    if (find(subscription) == nullptr) return false;
    state_.pushes.erase(subscription.source_id);
    return true;
  }

  Result<PushSubscription> get(SourceId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.pushes.find(id);
    if (found == state_.pushes.end()) return not_found("source " + to_text(id) + " has no hub");
    return found->second;
  }

  Result<std::vector<PushSubscription>> list() const override {
    MutexLock lock(state_.mutex);
    std::vector<PushSubscription> all;
    all.reserve(state_.pushes.size());
    for (const auto& [id, subscription] : state_.pushes) all.push_back(subscription);
    return all;
  }

  Result<std::vector<PushSubscription>> due(Time now, std::size_t limit) const override {
    std::vector<PushSubscription> all = *list();
    std::erase_if(all, [now](const PushSubscription& one) { return one.due_at > now; });
    std::ranges::sort(
        all, {}, [](const PushSubscription& one) { return std::pair(one.due_at, one.source_id); });
    if (all.size() > limit) all.resize(limit);
    return all;
  }

 private:
  PushSubscription* find(const PushSubscription& subscription) REQUIRES(state_.mutex) {
    const auto found = state_.pushes.find(subscription.source_id);
    if (found == state_.pushes.end() || found->second.version != subscription.version)
      return nullptr;
    return &found->second;
  }

  State& state_;
};

}  // namespace

std::unique_ptr<PushStore> make_push_store(State& state) {
  return std::make_unique<MemoryPushStore>(state);
}

}  // namespace tidings::memory
