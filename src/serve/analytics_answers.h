// The answers of /api/v1/analytics, each in a file of its own: what is asked, counted and written.
#pragma once

#include "core/result.h"
#include "serve/analytics_routes.h"
#include "serve/router.h"

namespace tidings::serve {

Result<Content> answer_series(const AnalyticsRouteStores& stores, const Call& call);
Result<Content> answer_compare(const AnalyticsRouteStores& stores, const Call& call);
Result<Content> answer_top(const AnalyticsRouteStores& stores, const Call& call);
Result<Content> answer_map(const AnalyticsRouteStores& stores, const Call& call);
Result<Content> answer_heat_map(const AnalyticsRouteStores& stores, const Call& call);
Result<Content> answer_publishers(const AnalyticsRouteStores& stores, const Call& call);
Result<Content> answer_balance(const AnalyticsRouteStores& stores, const Call& call);
Result<Content> answer_cooccurrence(const AnalyticsRouteStores& stores, const Call& call);

}  // namespace tidings::serve
