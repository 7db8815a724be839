#include "serve/analytics_routes.h"

#include <string>
#include <utility>

#include "serve/analytics_answers.h"
#include "serve/analytics_request.h"

namespace tidings::serve {

std::vector<Route> analytics_routes(const AnalyticsRouteStores& stores) {
  const auto route = [&](std::string pattern, std::vector<Parameter> more,
                         Result<Content> (*answer)(const AnalyticsRouteStores&, const Call&)) {
    return Route{.pattern = std::move(pattern),
                 .access = Access::Reader,
                 .parameters = analytics_parameters(std::move(more)),
                 .handler = [stores, answer](const Call& call) { return answer(stores, call); }};
  };
  const auto query = [](std::string_view name) {
    return Parameter{.name = name, .kind = ParameterKind::Query};
  };
  return {
      route("/api/v1/analytics/series",
            {{.name = "interval"},
             {.name = "by"},
             query("q2"),
             query("q3"),
             query("q4"),
             query("q5")},
            answer_series),
      route("/api/v1/analytics/top", {{.name = "by"}}, answer_top),
      route("/api/v1/analytics/map", {}, answer_map),
      route("/api/v1/analytics/heatmap", {}, answer_heat_map),
      route("/api/v1/analytics/publishers", {}, answer_publishers),
      route("/api/v1/analytics/cooccurrence", {{.name = "by"}}, answer_cooccurrence),
  };
}

}  // namespace tidings::serve
