#include <algorithm>
#include <tuple>

#include "adapters/memory/state.h"
#include "ports/store_rules.h"

namespace tidings::memory {
namespace {

class MemoryRollupStore final : public RollupStore {
 public:
  explicit MemoryRollupStore(State& state) : state_(state) {}

  Result<void> add(std::span<const HourlyCount> counts, const CursorMove& move) override {
    MutexLock lock(state_.mutex);
    TRY(state_.advance(move));
    for (const HourlyCount& count : counts) {
      state_.hourly[{count.hour, count.source_id, stored_tag(count.language)}] += count.articles;
    }
    return {};
  }

  Result<std::vector<HourlyCount>> per_hour(const HourlyQuery& query) const override {
    MutexLock lock(state_.mutex);
    std::vector<HourlyCount> hours;
    visit(query, [&](Time hour, SourceId, const std::string&, std::int64_t articles) {
      if (hours.empty() || hours.back().hour != hour) {
        hours.push_back({.hour = hour,
                         .source_id = query.source_id.value_or(SourceId{}),
                         .language = query.language});
      }
      hours.back().articles += articles;
    });
    return hours;
  }

  Result<std::vector<HourlyCount>> top_sources(const HourlyQuery& query,
                                               std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::map<SourceId, std::int64_t> totals;
    visit(query, [&](Time, SourceId source, const std::string&, std::int64_t articles) {
      totals[source] += articles;
    });
    std::vector<HourlyCount> top;
    top.reserve(totals.size());
    for (const auto& [source, articles] : totals) {
      top.push_back({.hour = query.since, .source_id = source, .articles = articles});
    }
    return largest(std::move(top), limit);
  }

  Result<std::vector<HourlyCount>> top_languages(const HourlyQuery& query,
                                                 std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::map<std::string, std::int64_t> totals;
    visit(query, [&](Time, SourceId, const std::string& language, std::int64_t articles) {
      totals[language] += articles;
    });
    std::vector<HourlyCount> top;
    top.reserve(totals.size());
    for (const auto& [language, articles] : totals) {
      top.push_back({.hour = query.since, .language = language, .articles = articles});
    }
    return largest(std::move(top), limit);
  }

 private:
  template <class Visitor>
  void visit(const HourlyQuery& query, Visitor visitor) const REQUIRES(state_.mutex) {
    for (const auto& [key, articles] : state_.hourly) {
      const auto& [hour, source, language] = key;
      if (hour < query.since || hour >= query.until) continue;
      if (query.source_id && source != *query.source_id) continue;
      if (!query.language.empty() && !language_matches(query.language, language)) continue;
      visitor(hour, source, language, articles);
    }
  }

  static std::vector<HourlyCount> largest(std::vector<HourlyCount> top, std::size_t limit) {
    std::ranges::sort(top, [](const HourlyCount& a, const HourlyCount& b) {
      if (a.articles != b.articles) return a.articles > b.articles;
      return std::tie(a.source_id, a.language) < std::tie(b.source_id, b.language);
    });
    if (top.size() > limit) top.resize(limit);
    return top;
  }

  State& state_;
};

}  // namespace

std::unique_ptr<RollupStore> make_rollup_store(State& state) {
  return std::make_unique<MemoryRollupStore>(state);
}

}  // namespace tidings::memory
