// When to ask a source again: often enough to be fresh, seldom enough to be a good guest.
// docs/decisions/scheduling.md gives the reasons behind each figure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "core/ids.h"
#include "core/time.h"
#include "model/source_record.h"

namespace tidings::sources {

struct ScheduleSettings {
  std::chrono::seconds floor = std::chrono::minutes(5);
  std::chrono::seconds ceiling = std::chrono::hours(24);
  std::chrono::seconds unknown_interval = std::chrono::minutes(30);  // nothing learned yet
  std::chrono::seconds fixed_interval_min = std::chrono::minutes(1);
  std::chrono::seconds failure_backoff_min = std::chrono::minutes(10);  // doubles with each failure
  std::chrono::seconds retry_after_max = std::chrono::hours(72);
  double jitter = 0.1;  // share of the wait that is added at most; 0 to 1
};

struct ScheduleInput {
  SourceId source_id{};
  std::optional<std::chrono::seconds> fixed_interval;  // a person's choice
  double articles_per_day = 0;                         // learned; 0 when unknown
  std::optional<std::chrono::seconds> max_age;         // Cache-Control (RFC 9111 §5.2.2.1)
  std::optional<Time> expires;                         // RFC 9111 §5.3: max_age wins over it
  std::optional<int> ttl_minutes;                      // RSS 2.0
  std::optional<Time> retry_after;                     // RFC 9110 §10.2.3
  std::int32_t failures = 0;                           // in a row, this one included
  std::uint64_t seed = 0;
  std::optional<Time> last_new_at;  // when a fetch last brought something new
  QuietTimes quiet;                 // RSS skipHours and skipDays
};

// The next time to ask, by these rules:
// - A source that works is asked so that about one fetch in two finds something new: ln 2 divided
//   by its rate, never more than one hour for each day of silence faster than that allows, and
//   within floor and ceiling. A person's interval replaces this and may be as short as
//   fixed_interval_min.
// - One that fails waits failure_backoff_min, doubled for each failure in a row, up to the ceiling;
//   a person's interval still holds where it is longer. No source is given up.
// - Cache lifetimes and ttl lengthen the wait, up to the ceiling.
// - Retry-After is kept, up to retry_after_max from now.
// - Nobody is asked at the hours and on the days that it wants to be left alone (quiet.h).
// - The same input gives the same answer; source id and seed spread sources apart, by lengthening
//   only (at the ceiling the wait is shortened first, so that they spread there too).
// The answer is never before now + floor (or fixed_interval_min), and never after now + ceiling
// unless Retry-After or quiet times ask for it. Any values are safe. Safe to call from many
// threads.
Time next_due(const ScheduleInput& input, Time now, const ScheduleSettings& settings = {});

// How many articles a day a source publishes, as far as fetching cares, from the times in one of
// its documents and from what was known before (0: nothing). The newer half of the entries counts,
// so that pinned and archived entries do not matter; entries within five minutes of each other are
// a burst, whose size counts by its square root, since one fetch brings it all. Times in the future
// or before 1990 are passed over; without any other, `previous` comes back. The result is 0 or
// between 0.001 and 1,000.
double learned_articles_per_day(std::span<const Time> entry_times, double previous, Time now);

// The longest time between two of a document's entries of the last three months; zero without two.
std::chrono::seconds longest_silence(std::span<const Time> entry_times, Time now);

}  // namespace tidings::sources
