// /api/v1/analytics/series: counts of one query or several over time.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "query/canonical.h"
#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_comparison.h"
#include "serve/analytics_writer.h"
#include "serve/problem.h"
#include "serve/rolled_history.h"

namespace tidings::serve {
namespace {

// How many names have articles in each interval.
std::vector<std::uint64_t> different_names(const DimensionCounts& counts, std::size_t buckets) {
  std::vector<std::uint64_t> different(buckets);
  for (const NamedCounts& one : counts.top) {
    for (std::size_t i = 0; i < one.buckets.size(); ++i)
      different[i] += one.buckets[i].articles > 0 ? 1 : 0;
  }
  return different;
}

// The intervals from before articles are kept, of all and of each query.
Result<std::vector<CountedFrom>> complete(Series& series, const RolledHistory& history,
                                          const AnalyticsRequest& request) {
  TRY(history.complete({}, series.all));
  std::vector<CountedFrom> from;
  from.reserve(request.queries.size());
  for (std::size_t i = 0; i < request.queries.size(); ++i)
    from.push_back(TRY(history.complete(request.queries[i], series.counted[i])));
  return from;
}

Content series_csv(const AnalyticsRequest& request, const Series& series,
                   const std::vector<CountedFrom>& from) {
  AnalyticsCsv csv("query", "at", "articles", "share", "tone", "publishers");
  for (std::size_t k = 0; k < series.counted.size(); ++k) {
    const Aggregates& counted = series.counted[k];
    const auto publishers = different_names(counted.dimensions.front(), counted.buckets.size());
    for (std::size_t i = 0; i < counted.buckets.size(); ++i) {
      const Bucket& bucket = counted.buckets[i];
      csv.row(query::to_string(request.queries[k]), format_rfc3339(request.boundaries[i]),
              bucket.articles, share_of(bucket, series.all.buckets[i]), tone_or_zero(bucket),
              i < from[k].rolled_intervals ? std::string() : std::to_string(publishers[i]));
    }
  }
  return csv.end();
}

void write_points(JsonWriter& json, const AnalyticsRequest& request, const Aggregates& counted,
                  const Aggregates& all, const CountedFrom& from) {
  const auto publishers = different_names(counted.dimensions.front(), counted.buckets.size());
  json.key("points");
  json.begin_array();
  for (std::size_t i = 0; i < counted.buckets.size(); ++i) {
    json.begin_object();
    json.field("at", request.boundaries[i]);
    write_bucket_fields(json, counted.buckets[i]);
    json.field("share", share_of(counted.buckets[i], all.buckets[i]));
    if (i >= from.rolled_intervals) json.field("publishers", publishers[i]);
    json.end_object();
  }
  json.end_array();
}

void write_name_points(JsonWriter& json, const std::vector<Bucket>& buckets) {
  json.key("points");
  json.begin_array();
  for (const Bucket& bucket : buckets) {
    json.begin_object();
    write_bucket_fields(json, bucket);
    json.end_object();
  }
  json.end_array();
}

Result<void> write_split(JsonWriter& json, const DimensionCounts& counts, std::size_t names_max,
                         SourceDirectory& sources) {
  json.key("by");
  json.begin_array();
  const std::size_t shown = std::min(counts.top.size(), names_max);
  for (std::size_t i = 0; i < shown; ++i) {
    const NamedCounts& one = counts.top[i];
    json.begin_object();
    json.field("name", one.name);
    json.field_if("label", TRY(label_of(counts.dimension, one, sources)));
    write_bucket_fields(json, one.total);
    write_name_points(json, one.buckets);
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<void> write_series(JsonWriter& json, const AnalyticsRequest& request, const Series& series,
                          const std::vector<CountedFrom>& from, const RolledHistory& history,
                          SourceDirectory& sources) {
  return write_queries(json, request, series, "series", [&](std::size_t i) -> Result<void> {
    const Aggregates& counted = series.counted[i];
    write_points(json, request, counted, series.all, from[i]);
    if (counted.dimensions.size() > 1)
      TRY(write_split(json, counted.dimensions[1], request.names_max, sources));
    history.write_counted_from(json, from[i]);
    return {};
  });
}

}  // namespace

Result<Content> answer_series(const AnalyticsRouteStores& stores, const Call& call) {
  const AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  const std::vector<Dimension> by = TRY(dimensions_asked(call.parameters, "by"));
  if (by.size() > 1) return bad_parameter("by", "'by' takes one.");
  const RolledHistory history = TRY(RolledHistory::of(stores.rollups, stores.sources, request));
  Series series = TRY(count_series(stores.index, request, by));
  const std::vector<CountedFrom> from = TRY(complete(series, history, request));
  if (request.as_csv) return series_csv(request, series, from);
  AnalyticsJson answer(request);
  TRY(write_series(answer.json(), request, series, from, history, stores.sources));
  history.write_articles_since(answer.json());
  write_comparisons(answer.json(), TRY(compare_series(stores.index, request, series)));
  return answer.end(series.all.cursor);
}

}  // namespace tidings::serve
