// /api/v1/analytics/top and map: how often articles have what they have.
#include <utility>
#include <vector>

#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_writer.h"
#include "serve/problem.h"
#include "serve/rolled_history.h"

namespace tidings::serve {
namespace {

constexpr std::size_t kCountriesMax = 1'000;  // more than there are

Result<Content> counts_csv(const Aggregates& counted, SourceDirectory& sources) {
  AnalyticsCsv csv("by", "name", "label", "articles", "tone");
  for (const DimensionCounts& dimension : counted.dimensions) {
    for (const NamedCounts& one : dimension.top)
      csv.row(to_string(dimension.dimension), one.name,
              TRY(label_of(dimension.dimension, one, sources)), one.total.articles,
              tone_or_zero(one.total));
  }
  return csv.end();
}

Result<Content> answer_counts(const AnalyticsRouteStores& stores, const AnalyticsRequest& request,
                              std::vector<Dimension> by, std::size_t names_max) {
  const Query& query = request.queries.front();
  Aggregates counted = TRY(counted_within(stores.index, request, query, std::move(by), names_max));
  const RolledHistory history = TRY(RolledHistory::of(stores.rollups, stores.sources, request));
  const bool is_rolled = TRY(history.complete_top(query, names_max, counted));
  if (request.as_csv) return counts_csv(counted, stores.sources);
  AnalyticsJson answer(request);
  write_bucket_fields(answer.json(), counted.total);
  TRY(write_facets(answer.json(), counted, stores.sources));
  if (is_rolled) history.write_counted_from_rollups(answer.json());
  history.write_articles_since(answer.json());
  answer.json().texts_if("notes", counted.notes);
  return answer.end(counted.cursor);
}

}  // namespace

Result<Content> answer_top(const AnalyticsRouteStores& stores, const Call& call) {
  const AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  std::vector<Dimension> by = TRY(dimensions_asked(call.parameters, "by"));
  if (by.empty()) return bad_parameter("by", "'by' must say what is counted, as in by=entity.");
  return answer_counts(stores, request, std::move(by), request.names_max);
}

Result<Content> answer_map(const AnalyticsRouteStores& stores, const Call& call) {
  const AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  return answer_counts(stores, request, {Dimension::About}, kCountriesMax);
}

}  // namespace tidings::serve
