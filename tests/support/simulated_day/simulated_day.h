// A day of the product among many publishers, in minutes: its own refresher, client and stores,
// real requests over loopback, and a clock that jumps to the next moment at which something is due.
#pragma once

#include <chrono>
#include <string>

#include "core/result.h"
#include "tests/support/publisher/scored_publisher.h"

namespace tidings::simulated_day {

struct DaySettings {
  publisher::WorldSettings world;
  std::string folder;  // for the database; it must be there
};

struct Day {
  publisher::Score score;
  std::int64_t sources = 0;
  std::int64_t articles = 0;
  std::chrono::milliseconds took{0};
};

// Unavailable when the publisher, client or database cannot be opened, or nothing moves for a
// minute.
Result<Day> live_through(const DaySettings& settings);

}  // namespace tidings::simulated_day
