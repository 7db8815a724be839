// What rose in the past: "what rose in March".
#pragma once

#include <span>
#include <vector>

#include "core/time.h"

namespace tidings::analytics {

struct HourOfKey {
  Time hour{};
  double count = 0;     // articles with the key
  double articles = 0;  // all that came; at least `count`
};

struct PastRules {
  double count_min = 5;     // of the period
  double ratio_min = 2;     // of each of its hours, against what is expected of it
  double log10_p_max = -5;  // of the period; by the number of hours where those are many
  int gap_hours_max = 3;    // hours between two that rise which still are of one period
};

struct RisingPeriod {
  Time begin{}, end{};  // [begin, end), whole hours
  double count = 0;
  double expected = 0;
  double log10_p = 0;
  Time peak{};  // the hour with most
  double peak_count = 0;
};

// Periods in which the key came more often than in the weeks before and the series as a whole would
// have it, in their order. The hours ascend, those that are left out had no articles. The first
// days are compared with the mean of the whole series. Linear time.
std::vector<RisingPeriod> rising_periods(std::span<const HourOfKey> hours,
                                         const PastRules& rules = {});

}  // namespace tidings::analytics
