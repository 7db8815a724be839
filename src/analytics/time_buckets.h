// Hours, days, weeks and months as people count them where they are.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace tidings::analytics {

enum class Interval : std::uint8_t { Hour, Day, Week, Month };
std::string_view to_string(Interval interval);  // "hour"
std::optional<Interval> parse_interval(std::string_view name);

// The begins of all intervals that overlap [since, until), and the end of the last: ascending.
// Weeks begin on Mondays (ISO 8601). Where clocks are put forward or back a day has 23 or 25 hours.
// `time_zone` is IANA's name. InvalidInput: an unknown zone, an empty range, more than
// `buckets_max` intervals.
Result<std::vector<Time>> time_buckets(Time since, Time until, Interval interval,
                                       const std::string& time_zone, std::size_t buckets_max);

// 0 is Monday, and the hour there.
struct HourOfWeek {
  int weekday = 0;
  int hour = 0;
};
// For each of `times`, by the clocks of the zone. InvalidInput: an unknown zone.
Result<std::vector<HourOfWeek>> hours_of_week(const std::vector<Time>& times,
                                              const std::string& time_zone);

}  // namespace tidings::analytics
