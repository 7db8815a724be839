// What requests for analytics have in common: queries, the time that is covered, its parts.
#pragma once

#include <string>
#include <vector>

#include "analytics/time_buckets.h"
#include "core/result.h"
#include "core/time.h"
#include "model/query.h"
#include "ports/rollup_store.h"
#include "ports/search_index.h"
#include "serve/parameters.h"
#include "serve/router.h"

namespace tidings::serve {

struct AnalyticsRequest {
  std::vector<Query> queries;  // q, q2 … q5: one at least
  Time since{}, until{};
  analytics::Interval interval = analytics::Interval::Day;
  std::string time_zone;
  std::vector<Time> boundaries;  // of the intervals
  std::size_t names_max = 10;
  bool as_csv = false;
};

// since and until (the last 30 days when absent), interval, time_zone, limit, format, lang.
std::vector<Parameter> analytics_parameters(std::vector<Parameter> more);

// InvalidInput names the parameter.
Result<AnalyticsRequest> analytics_request(const Parameters& parameters, Time now);

// An answer that was begun `now` is kept until the index has something else to say, or time has
// moved the question: it has no `until`, or a query that moves. Rollups change apart from the
// index: where there are any it is kept as what moves.
Result<void> keep_by_index(const Parameters& parameters, Time now, const RollupStore& rollups,
                           Content& content);

// The query and the time, as one.
Query within(Query query, Time since, Time until);

}  // namespace tidings::serve
