// How much a key rises now: the window in which its count is least likely.
#pragma once

#include <optional>

#include "analytics/trend_counts.h"
#include "model/trend.h"

namespace tidings::analytics {

struct RiseRules {
  double count_min = 5;  // articles, copies of one publisher discounted
  double ratio_min = 2;  // against what is expected
};

// Of 30 and 45 minutes, one, two, six and 24 hours. Nothing where no window keeps the rules, nor in
// the first kWarmHours of a stream. The entry is rolled to now. A publisher may count for twice its
// share of the stream, where that is more than a quarter; and others than the one that has most
// must have it more often than by chance, unless half of the stream is that one's. As a window
// grows, how the key varies from hour to hour averages out by the square root of its hours: less
// than if they were independent.
inline constexpr Hour kWarmHours = 24;  // that are over for a day
std::optional<Rise> strongest_rise(const TrendCounts& counts, const TrendEntry& entry,
                                   const RiseRules& rules);

// Of the last two and of the last six hours, whether it is over: fewer than `ratio` times what is
// expected in both, which calls for another rise.
bool is_over(const TrendCounts& counts, const TrendEntry& entry, double ratio);

}  // namespace tidings::analytics
