#include "pipeline/hourly_counts.h"

#include <map>
#include <tuple>

namespace tidings::pipeline {

Result<void> HourlyCounts::apply(std::span<const Event> events, const CursorMove& move) {
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
  return rollups_.add(counts, move);
}

}  // namespace tidings::pipeline
