#include <algorithm>
#include <tuple>

#include "adapters/memory/state.h"
#include "ports/store_rules.h"

namespace tidings::memory {
namespace {

class MemoryRollupStore final : public RollupStore {
 public:
  explicit MemoryRollupStore(State& state) : state_(state) {}

  Result<void> apply(const RollupStep& step, const CursorMove& move) override {
    MutexLock lock(state_.mutex);
    TRY(state_.advance(move));
    for (const HourlyCount& count : step.arrived)
      state_.hourly[{count.hour, count.source_id, stored_tag(count.language)}] += count.articles;
    count(step.articles);
    for (const ArticleId id : step.removed) state_.rollups.take_back(id);
    return {};
  }

  Result<void> fill(std::span<const RolledArticle> articles, ArticleId from,
                    std::optional<ArticleId> to) override {
    MutexLock lock(state_.mutex);
    if (state_.rollups.state().filled_to != from)
      return Error{ErrorKind::Conflict, "another process filled the rollups", {}};
    for (const RolledArticle& article : articles) {
      if (!state_.rollups.has(article.article_id)) count({&article, 1});
    }
    state_.rollups.set_filled_to(to);
    return {};
  }

  Result<std::size_t> fold(const RollupFold& fold) override {
    MutexLock lock(state_.mutex);
    return state_.rollups.fold(fold);
  }

  Result<RollupState> state() const override {
    MutexLock lock(state_.mutex);
    return state_.rollups.state();
  }

  Result<std::vector<Bucket>> series(std::optional<Dimension> dimension, std::string_view value,
                                     std::span<const Time> boundaries) const override {
    MutexLock lock(state_.mutex);
    return state_.rollups.series(dimension, value, boundaries);
  }

  Result<std::vector<NamedCounts>> top(Dimension dimension, std::span<const Time> boundaries,
                                       std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    return state_.rollups.top(dimension, boundaries, limit);
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
  void count(std::span<const RolledArticle> articles) REQUIRES(state_.mutex) {
    for (const RolledArticle& article : articles) {
      if (state_.articles.contains(article.article_id)) state_.rollups.count(article);
    }
  }

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
