// The dates that feeds really use, in whatever form and language their publishers wrote them.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/time.h"
#include "text/date_parts.h"

namespace tidings::text {

struct FeedDate {
  Time time{};
  std::chrono::minutes offset{0};  // east of UTC, of the zone that was said or assumed
  // "4/5/2006" is told by habit alone: this is what it is where the day comes first.
  std::optional<Time> day_first;
  DateOrder order = DateOrder::Untold;  // what the date itself tells of such numbers
  std::string_view unknown_zone;        // a part of the text: the time was read as UTC
};

// Reads RFC 822 with its liberties (weekday missing or wrong, one-digit days, two-digit years, zone
// names, no seconds, no zone), RFC 3339 and W3C-DTF down to a bare year, ISO 8601 weeks, days of
// the year and basic forms, "2006-01-02 15:04:05", asctime and date(1), "1/2/2006" (month first
// unless that cannot be), "2.1.2006" and "2-1-2006" (day first), Unix seconds, milliseconds and
// microseconds, "9 a.m.", "10h05", "10.05 Uhr", the months of month_stems.inc, "2006年1月2日
// 下午3时", "오후 3:05", Japanese eras, years of the Buddhist era, digits of other scripts, zones
// of date_zones.h. A missing or unknown zone means UTC, a missing time midnight; 24:00 is the next
// day's beginning, a leap second the next second. Nothing where no year, month and day can be told,
// and for years before 1000 and after 2399. Allocates nothing.
std::optional<FeedDate> read_feed_date(std::string_view text);

// Its time alone.
std::optional<Time> parse_feed_date(std::string_view text);

// Its time and where its writer's clock stood.
std::optional<ZonedTime> parse_zoned_date(std::string_view text);

}  // namespace tidings::text
