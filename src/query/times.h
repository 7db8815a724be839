// Dates and times as people write them in queries.
#pragma once

#include <string_view>

#include "core/result.h"
#include "core/time.h"

namespace tidings::query {

// From `begin` up to, and without, `end`; an instant has both the same.
struct TimeSpan {
  Time begin{};
  Time end{};
};

// "2026", "2026-11", "2026-11-03", "today" and "yesterday" are the whole year, month or day of the
// zone; "2026-11-03T18:30" (seconds and an offset may follow), "now" and "7d" are instants: 24h
// ago, 7d, 2w, 3m or 1y before now by the calendar, on the minute. `zone` is IANA's
// ("Europe/Berlin"). InvalidInput for what is no time, for days that no month has, for years before
// 1900 or from 2200 on, and for unknown zones.
Result<TimeSpan> time_span(std::string_view written, Time now, std::string_view zone);

}  // namespace tidings::query
