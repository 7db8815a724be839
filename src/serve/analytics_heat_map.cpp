// /api/v1/analytics/heatmap: counts by hour and weekday.
#include <array>
#include <string>
#include <vector>

#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_writer.h"
#include "serve/problem.h"
#include "serve/rolled_history.h"

namespace tidings::serve {
namespace {

using HeatMap = std::array<std::array<Bucket, 24>, 7>;  // Monday first

Result<HeatMap> heat_map_of(const std::vector<Bucket>& buckets, const std::vector<Time>& boundaries,
                            const std::string& time_zone) {
  HeatMap cells = {};
  const auto places = TRY(analytics::hours_of_week(boundaries, time_zone));
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    Bucket& cell = cells[static_cast<std::size_t>(places[i].weekday)]
                        [static_cast<std::size_t>(places[i].hour)];
    cell += buckets[i];
  }
  return cells;
}

Content heat_map_csv(const HeatMap& cells) {
  AnalyticsCsv csv("weekday", "hour", "articles", "tone");  // Monday is 1 (ISO 8601)
  for (std::size_t day = 0; day < cells.size(); ++day) {
    for (std::size_t hour = 0; hour < cells[day].size(); ++hour)
      csv.row(day + 1, hour, cells[day][hour].articles, tone_or_zero(cells[day][hour]));
  }
  return csv.end();
}

void write_heat_map(JsonWriter& json, const HeatMap& cells) {
  json.key("weekdays");
  json.begin_array();
  for (const auto& day : cells) {
    json.begin_array();
    for (const Bucket& cell : day) {
      json.begin_object();
      write_bucket_fields(json, cell);
      json.end_object();
    }
    json.end_array();
  }
  json.end_array();
}

}  // namespace

Result<Content> answer_heat_map(const AnalyticsRouteStores& stores, const Call& call) {
  const AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  const auto hours = analytics::time_buckets(
      request.since, request.until, analytics::Interval::Hour, request.time_zone, kBucketsMax);
  if (!hours) return bad_parameter("since", hours.error().message + ".");
  const Aggregates counted =
      TRY(stores.index.aggregate({.query = request.queries.front(), .boundaries = *hours}));
  const HeatMap cells = TRY(heat_map_of(counted.buckets, *hours, request.time_zone));
  if (request.as_csv) return heat_map_csv(cells);
  AnalyticsJson answer(request);
  write_bucket_fields(answer.json(), counted.total);
  write_heat_map(answer.json(), cells);
  TRY(write_articles_since(answer.json(), stores.rollups, request.since));
  return answer.end(counted.cursor);
}

}  // namespace tidings::serve
