#include "serve/analytics_routes.h"

#include <string>
#include <utility>

#include "serve/analytics_answers.h"
#include "serve/analytics_request.h"
#include "serve/cache_tags.h"

namespace tidings::serve {

namespace {

using Answer = Result<Content> (*)(const AnalyticsRouteStores&, const Call&);

// Until the index has something else to say, or time has moved the question. Rollups change apart
// from the index.
Result<Content> kept_by_index(const AnalyticsRouteStores& stores, const Call& call, Answer answer) {
  const Time now = stores.clock.now();
  const bool has_rollups = TRY(stores.rollups.state()).removed_before.has_value();
  Content content = TRY(answer(stores, call));
  const std::vector<CacheTag> tags = search_answer_tags();
  content.tags.insert(content.tags.end(), tags.begin(), tags.end());
  if (has_rollups || any_moves_with_the_clock(call.parameters, now))
    content.kept_until = now + kMovingKept;
  return content;
}

}  // namespace

std::vector<Route> analytics_routes(const AnalyticsRouteStores& stores) {
  const auto route = [&](std::string pattern, std::vector<Parameter> more, Answer answer) {
    return Route{.pattern = std::move(pattern),
                 .access = Access::Reader,
                 .caching = Caching::ByEvents,
                 .parameters = analytics_parameters(std::move(more)),
                 .handler = [stores, answer](const Call& call) {
                   return kept_by_index(stores, call, answer);
                 }};
  };
  const auto query = [](std::string_view name) {
    return Parameter{.name = name, .kind = ParameterKind::Query};
  };
  const std::vector<Parameter> compared = {
      {.name = "interval"}, query("q2"), query("q3"), query("q4"), query("q5")};
  std::vector<Parameter> of_series = compared;
  of_series.push_back({.name = "by"});
  return {
      route("/api/v1/analytics/series", of_series, answer_series),
      route("/api/v1/analytics/compare", compared, answer_compare),
      route("/api/v1/analytics/top", {{.name = "by"}}, answer_top),
      route("/api/v1/analytics/map", {}, answer_map),
      route("/api/v1/analytics/heatmap", {}, answer_heat_map),
      route("/api/v1/analytics/publishers", {}, answer_publishers),
      route("/api/v1/analytics/balance",
            {{.name = "story", .kind = ParameterKind::Id}, {.name = "scale"}}, answer_balance),
      route("/api/v1/analytics/cooccurrence", {{.name = "by"}}, answer_cooccurrence),
  };
}

}  // namespace tidings::serve
