#include "serve/analytics_routes.h"

#include <string>
#include <utility>

#include "serve/analytics_answers.h"
#include "serve/analytics_request.h"

namespace tidings::serve {

namespace {

using Answer = Result<Content> (*)(const AnalyticsRouteStores&, const Call&);

Result<Content> kept_by_index(const AnalyticsRouteStores& stores, const Call& call, Answer answer) {
  const Time now = stores.clock.now();
  Content content = TRY(answer(stores, call));
  TRY(keep_by_index(call.parameters, now, stores.rollups, content));
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
