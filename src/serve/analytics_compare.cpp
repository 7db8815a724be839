// /api/v1/analytics/compare: queries side by side, and how they go together.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "query/canonical.h"
#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_comparison.h"
#include "serve/analytics_writer.h"
#include "serve/problem.h"
#include "serve/rolled_history.h"

namespace tidings::serve {
namespace {

void write_publishers(JsonWriter& json, const DimensionCounts& publishers, std::size_t names_max) {
  json.field("publishers", publishers.names);
  json.key("top_publishers");
  json.begin_array();
  const std::size_t shown = std::min(publishers.top.size(), names_max);
  for (std::size_t i = 0; i < shown; ++i) {
    json.begin_object();
    json.field("name", publishers.top[i].name);
    write_bucket_fields(json, publishers.top[i].total);
    json.end_object();
  }
  json.end_array();
}

Result<void> write_compared(JsonWriter& json, const AnalyticsRequest& request,
                            const Series& series) {
  return write_queries(json, request, series, "compared", [&](std::size_t i) -> Result<void> {
    const Aggregates& counted = series.counted[i];
    json.field("share", share_of(counted.total, series.all.total));
    write_publishers(json, counted.dimensions.front(), request.names_max);
    return {};
  });
}

// Each query in a row, with how it goes together with the first.
Content compare_csv(const AnalyticsRequest& request, const Series& series,
                    const std::vector<Comparison>& comparisons) {
  AnalyticsCsv csv("query", "articles", "share", "tone", "publishers", "articles_with_first",
                   "correlation", "best_lag", "best_correlation", "best_p");
  for (std::size_t i = 0; i < series.counted.size(); ++i) {
    const Aggregates& counted = series.counted[i];
    const std::string query = query::to_string(request.queries[i]);
    const double share = share_of(counted.total, series.all.total);
    const std::uint64_t publishers = counted.dimensions.front().names;
    if (i == 0) {
      csv.row(query, counted.total.articles, share, tone_or_zero(counted.total), publishers, "", "",
              "", "", "");
      continue;
    }
    const Comparison& with_first = comparisons[i - 1];
    csv.row(query, counted.total.articles, share, tone_or_zero(counted.total), publishers,
            with_first.articles, with_first.together.r, with_first.best.lag, with_first.best.r,
            with_first.best.p);
  }
  return csv.end();
}

}  // namespace

Result<Content> answer_compare(const AnalyticsRouteStores& stores, const Call& call) {
  const AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  if (request.queries.size() < 2)
    return bad_parameter("q2", "'q2' must be what 'q' is compared with.");
  const Series series = TRY(count_series(stores.index, request, {}));
  const std::vector<Comparison> comparisons = TRY(compare_series(stores.index, request, series));
  if (request.as_csv) return compare_csv(request, series, comparisons);
  AnalyticsJson answer(request);
  write_bucket_fields(answer.json(), series.all.total);
  TRY(write_compared(answer.json(), request, series));
  write_comparisons(answer.json(), comparisons);
  TRY(write_articles_since(answer.json(), stores.rollups, request.since));
  return answer.end(series.all.cursor);
}

}  // namespace tidings::serve
