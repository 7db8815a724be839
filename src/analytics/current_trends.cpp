#include "analytics/current_trends.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace tidings::analytics {
namespace {

using KeyName = std::pair<TrendKind, std::string_view>;

KeyName name_of(const RisingKey& key) {
  return {key.key.kind, key.key.key};
}

template <class Each>
void each_key(const Trend& trend, Each&& each) {
  each(trend.head);
  for (const RisingKey& key : trend.related) each(key);
}

// The trends of before, by their keys.
class Before {
 public:
  explicit Before(std::span<const CurrentTrend> trends) : trends_(trends), taken_(trends.size()) {
    for (std::size_t i = 0; i < trends.size(); ++i)
      each_key(trends[i].trend, [&](const RisingKey& key) { by_key_[name_of(key)].push_back(i); });
  }

  bool knows_any(const Trend& trend) const {
    bool knows = false;
    each_key(trend, [&](const RisingKey& key) { knows |= by_key_.contains(name_of(key)); });
    return knows;
  }

  // The one that goes on as `trend`. Each does once.
  std::optional<std::size_t> take(const Trend& trend) {
    std::map<std::size_t, std::size_t> shared;
    each_key(trend, [&](const RisingKey& key) {
      const auto found = by_key_.find(name_of(key));
      if (found == by_key_.end()) return;
      for (const std::size_t one : found->second) shared[one] += taken_[one] ? 0 : 1;
    });
    std::optional<std::size_t> best;
    for (const auto& [one, keys] : shared) {
      if (keys == 0) continue;
      const bool is_better = !best || keys > shared[*best] ||
                             (keys == shared[*best] && trends_[one].id < trends_[*best].id);
      if (is_better) best = one;
    }
    if (best) taken_[*best] = true;
    return best;
  }

  bool is_taken(std::size_t one) const { return taken_[one]; }

 private:
  std::span<const CurrentTrend> trends_;
  std::vector<bool> taken_;
  std::map<KeyName, std::vector<std::size_t>> by_key_;
};

CurrentTrend begun(Trend trend, bool is_told) {
  Time since = trend.head.since;
  for (const RisingKey& key : trend.related) since = std::min(since, key.since);
  return {.trend = std::move(trend), .since = since, .is_told = is_told};
}

void keep_room(std::vector<CurrentTrend>& trends) {
  std::size_t excess = trends.size() - std::min(trends.size(), kCurrentTrendsMax);
  for (std::size_t i = trends.size(); i > 0 && excess > 0; --i) {
    if (trends[i - 1].id != TrendId{}) continue;
    trends.erase(trends.begin() + static_cast<std::ptrdiff_t>(i - 1));
    --excess;
  }
}

}  // namespace

TrendChanges follow_trends(std::span<const CurrentTrend> before, std::vector<Trend> rising,
                           Time now) {
  TrendChanges changes;
  Before known(before);
  for (Trend& trend : rising) {
    const auto found = known.take(trend);
    if (!found) {
      const bool is_told = !known.knows_any(trend);
      changes.trends.push_back(begun(std::move(trend), is_told));
      continue;
    }
    CurrentTrend& goes_on = changes.trends.emplace_back(before[*found]);
    goes_on.trend = std::move(trend);
    goes_on.ended_at.reset();
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (known.is_taken(i)) continue;
    const Time ended_at = before[i].ended_at.value_or(now);
    if (now - ended_at < kTrendEndsAfter) {
      changes.trends.emplace_back(before[i]).ended_at = ended_at;
    } else if (before[i].is_told) {
      changes.over.push_back(before[i].id);
    }
  }
  keep_room(changes.trends);
  return changes;
}

}  // namespace tidings::analytics
