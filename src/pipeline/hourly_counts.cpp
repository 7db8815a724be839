#include "pipeline/hourly_counts.h"

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "core/log.h"
#include "pipeline/rolled_articles.h"

namespace tidings::pipeline {
namespace {

constexpr std::size_t kFilledApart = 500;  // articles, with their analyses in memory at once

std::vector<HourlyCount> arrivals(std::span<const Event> events) {
  std::map<std::tuple<Time, SourceId, std::string_view>, std::int64_t> counted;
  for (const Event& event : events) {
    if (event.kind != EventKind::ArticleAdded) continue;
    const Time hour = std::chrono::floor<std::chrono::hours>(event.at);
    ++counted[{hour, event.source_id, event.language}];
  }
  std::vector<HourlyCount> counts;
  for (const auto& [key, articles] : counted) {
    const auto& [hour, source_id, language] = key;
    counts.push_back({.hour = hour,
                      .source_id = source_id,
                      .language = std::string(language),
                      .articles = articles});
  }
  return counts;
}

struct Touched {
  std::vector<ArticleId> changed, removed;  // each once
};

Touched touched(std::span<const Event> events) {
  std::set<ArticleId> changed, removed;
  for (const Event& event : events) {
    const auto id = ArticleId(event.subject);
    if (event.kind == EventKind::ArticleAdded || event.kind == EventKind::ArticleEdited ||
        event.kind == EventKind::ArticleAnalyzed)
      changed.insert(id);
    if (event.kind == EventKind::ArticleDeleted) removed.insert(id);
  }
  return {.changed = {changed.begin(), changed.end()}, .removed = {removed.begin(), removed.end()}};
}

}  // namespace

Result<void> HourlyCounts::apply(std::span<const Event> events, const CursorMove& move) {
  const std::vector<HourlyCount> arrived = arrivals(events);
  const Touched articles = touched(events);
  const std::vector<RolledArticle> rolled =
      TRY(rolled_articles(stores_, families_, articles.changed));
  return stores_.rollups().apply(
      {.arrived = arrived, .articles = rolled, .removed = articles.removed}, move);
}

Result<bool> HourlyCounts::fill_step() {
  const RollupState state = TRY(stores_.rollups().state());
  if (!state.filled_to) return false;
  const std::vector<ArticleId> ids = TRY(stores_.articles().ids(*state.filled_to, kFilledApart));
  const std::vector<RolledArticle> rolled = TRY(rolled_articles(stores_, families_, ids));
  const std::optional<ArticleId> to = ids.empty() ? std::nullopt : std::optional(ids.back());
  const Result<void> filled = stores_.rollups().fill(rolled, *state.filled_to, to);
  if (!filled && filled.error().kind != ErrorKind::Conflict) return filled.error();
  if (filled && !to && *state.filled_to != ArticleId{}) log::info("rollups.filled", {});
  return filled ? to.has_value() : true;
}

}  // namespace tidings::pipeline
