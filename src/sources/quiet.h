// Hours and days at which a publisher does not want to be asked (RSS skipHours and skipDays).
#pragma once

#include <cstdint>

#include "core/time.h"
#include "model/feed.h"
#include "model/source_record.h"

namespace tidings::sources {

QuietTimes quiet_times(const Feed& feed);

// The first time from `at` on that is not quiet, nor within the minutes before a quiet hour that
// waiting for a turn may take. Hours that are quiet all day, and days all week, are a mistake and
// do not count; nor does what would make us wait for more than three days. 0 <= spread < 1 keeps
// those that waited for the same hour apart.
Time after_quiet(const QuietTimes& quiet, Time at, double spread);

}  // namespace tidings::sources
