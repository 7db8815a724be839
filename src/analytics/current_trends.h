// Which trend is which, from one look at what rises to the next.
#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "core/time.h"
#include "model/trend.h"

namespace tidings::analytics {

// A trend of which nothing rises any more is kept for so long: it may go on.
inline constexpr std::chrono::minutes kTrendEndsAfter{30};

struct TrendChanges {
  std::vector<CurrentTrend> trends;  // as TrendList has them; new ones under the zero id
  std::vector<TrendId> over;         // that were told of, and are gone
};

// What rises, strongest first, goes on as the trend `before` that has most of its keys (of equals
// the older one), or is new; a new one is told of unless a key of it was in a trend before. Those
// that go on come before new ones where kCurrentTrendsMax do not suffice.
TrendChanges follow_trends(std::span<const CurrentTrend> before, std::vector<Trend> rising,
                           Time now);

}  // namespace tidings::analytics
