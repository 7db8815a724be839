#include "sources/quiet.h"

#include <chrono>

namespace tidings::sources {
namespace {

using std::chrono::hours;

constexpr Duration kTurnTakes = std::chrono::minutes(5);
constexpr Duration kSpread = std::chrono::minutes(10);
constexpr int kHoursMax = 72;
constexpr std::uint32_t kAllHours = 0xFF'FFFF;
constexpr std::uint32_t kAllDays = 0x7F;

bool is_quiet(const QuietTimes& quiet, Time at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto hour = std::chrono::floor<hours>(at - day).count();
  const unsigned weekday = std::chrono::weekday(day).c_encoding();
  return (quiet.hours >> static_cast<unsigned>(hour) & 1U) != 0 ||
         (quiet.days >> weekday & 1U) != 0;
}

}  // namespace

QuietTimes quiet_times(const Feed& feed) {
  QuietTimes quiet;
  for (const int hour : feed.skip_hours) quiet.hours |= 1U << static_cast<unsigned>(hour % 24);
  for (const int day : feed.skip_days) quiet.days |= 1U << static_cast<unsigned>(day % 7);
  return quiet;
}

Time after_quiet(const QuietTimes& stated, Time at, double spread) {
  QuietTimes quiet = stated;
  if (quiet.hours == kAllHours) quiet.hours = 0;
  if (quiet.days == kAllDays) quiet.days = 0;
  if (quiet == QuietTimes{} || (!is_quiet(quiet, at) && !is_quiet(quiet, at + kTurnTakes)))
    return at;
  Time hour = std::chrono::floor<hours>(at);
  for (int step = 0; step < kHoursMax; ++step) {
    hour += hours(1);
    if (!is_quiet(quiet, hour))
      return hour + std::chrono::round<Duration>(std::chrono::duration<double>(kSpread) * spread);
  }
  return at;
}

}  // namespace tidings::sources
