// Which trends, and which of their keys, somebody wants to see.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "model/trend.h"

namespace tidings::serve {

// "entity,topic". InvalidInput names the kinds that there are.
Result<std::vector<TrendKind>> parse_trend_kinds(std::string_view written);

// Those that have not ended. With `kinds` each by its strongest key of one of these, by their
// strength; those without one are left out.
std::vector<CurrentTrend> trends_of_kinds(std::span<const CurrentTrend> trends,
                                          std::span<const TrendKind> kinds);

}  // namespace tidings::serve
