// The dates that feeds really use, in whatever form and language their publishers wrote them.
#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace tidings::text {

// Reads RFC 822 with its liberties (weekday missing or wrong, one-digit days, two-digit years, zone
// names, no seconds, no zone), RFC 3339 and W3C-DTF down to a bare year, "2006-01-02 15:04:05",
// asctime and date(1), "1/2/2006" (month first unless that cannot be), "2.1.2006" (day first), Unix
// seconds and milliseconds, "9 a.m.", "10h05", and month names in English, German, French, Spanish,
// Italian, Portuguese, Dutch and, behind a day, the languages of month_stems.inc. A missing zone
// means UTC, a missing time midnight. Nothing where no year, month and day can be told. Never
// allocates.
std::optional<Time> parse_feed_date(std::string_view text);

}  // namespace tidings::text
