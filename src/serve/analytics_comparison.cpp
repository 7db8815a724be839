#include "serve/analytics_comparison.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "query/canonical.h"
#include "serve/aggregates_json.h"

namespace tidings::serve {
namespace {

constexpr int kLagMax = 48;

std::vector<double> volumes_of(const Aggregates& counted) {
  std::vector<double> volumes;
  volumes.reserve(counted.buckets.size());
  for (const Bucket& bucket : counted.buckets)
    volumes.push_back(static_cast<double>(bucket.articles));
  return volumes;
}

std::uint64_t names_of_both(const DimensionCounts& first, const DimensionCounts& second) {
  std::set<std::string_view> names;
  for (const NamedCounts& one : first.top) names.insert(one.name);
  return static_cast<std::uint64_t>(std::ranges::count_if(
      second.top, [&](const NamedCounts& one) { return names.contains(one.name); }));
}

Result<std::uint64_t> articles_of_both(const SearchIndex& index, const AnalyticsRequest& request,
                                       std::size_t first, std::size_t second) {
  Query both{.kind = QueryKind::And};
  both.parts = {request.queries[first], request.queries[second]};
  const Aggregates counted = TRY(index.aggregate(
      {.query = query::canonical(std::move(both)), .boundaries = request.boundaries}));
  return counted.total.articles;
}

void write_correlation(JsonWriter& json, std::string_view name,
                       const analytics::Correlation& correlation) {
  json.key(name);
  json.begin_object();
  json.field("lag", correlation.lag);
  json.field("correlation", correlation.r);
  json.field("p", correlation.p);
  json.end_object();
}

}  // namespace

Result<Series> count_series(const SearchIndex& index, const AnalyticsRequest& request,
                            const std::vector<Dimension>& by) {
  Series series{.all = TRY(index.aggregate({.boundaries = request.boundaries, .names_max = 0}))};
  std::vector<Dimension> dimensions = {Dimension::Publisher};
  dimensions.insert(dimensions.end(), by.begin(), by.end());
  for (const Query& query : request.queries)
    series.counted.push_back(TRY(index.aggregate({.query = query,
                                                  .boundaries = request.boundaries,
                                                  .dimensions = dimensions,
                                                  .names_max = kPublishersCounted})));
  return series;
}

Result<void> write_queries(JsonWriter& json, const AnalyticsRequest& request, const Series& series,
                           std::string_view name,
                           const std::function<Result<void>(std::size_t)>& write_more) {
  json.field("interval", analytics::to_string(request.interval));
  json.key(name);
  json.begin_array();
  for (std::size_t i = 0; i < series.counted.size(); ++i) {
    json.begin_object();
    json.field("query", query::to_string(request.queries[i]));
    write_bucket_fields(json, series.counted[i].total);
    TRY(write_more(i));
    json.texts_if("notes", series.counted[i].notes);
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<std::vector<Comparison>> compare_series(const SearchIndex& index,
                                               const AnalyticsRequest& request,
                                               const Series& series) {
  std::vector<Comparison> comparisons;
  const std::vector<Aggregates>& counted = series.counted;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    for (std::size_t k = i + 1; k < counted.size(); ++k) {
      const std::vector<double> first = volumes_of(counted[i]), second = volumes_of(counted[k]);
      comparisons.push_back({.first = i,
                             .second = k,
                             .articles = TRY(articles_of_both(index, request, i, k)),
                             .publishers = names_of_both(counted[i].dimensions.front(),
                                                         counted[k].dimensions.front()),
                             .together = analytics::correlation_at(first, second, 0),
                             .best = analytics::best_correlation(first, second, kLagMax)});
    }
  }
  return comparisons;
}

void write_comparisons(JsonWriter& json, const std::vector<Comparison>& comparisons) {
  json.objects_if("comparisons", comparisons, [&](const Comparison& one) {
    json.field("first", one.first);
    json.field("second", one.second);
    json.field("articles", one.articles);
    json.field("publishers", one.publishers);
    write_correlation(json, "together", one.together);
    write_correlation(json, "best", one.best);
  });
}

}  // namespace tidings::serve
