#include "normalize/publish_times.h"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace tidings::normalize {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

std::optional<Time> plausible(const std::optional<Time>& time, Time now) {
  static const Time kFirst = Time(std::chrono::sys_days(std::chrono::year(1990) / 1 / 1));
  if (!time || *time < kFirst) return std::nullopt;
  return std::min(*time, now);
}

// Below the entry before, else above the one after. False where none has a time.
bool place_by_neighbors(std::vector<std::optional<Time>>& times, Time now) {
  const auto first =
      std::find_if(times.begin(), times.end(), [](const auto& time) { return time.has_value(); });
  if (first == times.end()) return false;
  for (auto time = first; time != times.end(); ++time) {
    if (!*time) *time = **(time - 1) - seconds(1);
  }
  for (auto time = first; time != times.begin(); --time) {
    *(time - 1) = std::min(**time + seconds(1), now);
  }
  return true;
}

void place_by_feed(std::vector<std::optional<Time>>& times, const Feed& feed, Time now) {
  const std::optional<Time> updated = plausible(feed.updated, now);
  Time time = updated ? *updated : plausible(feed.published, now).value_or(now);
  for (std::optional<Time>& of_entry : times) {
    time -= hours(1);
    of_entry = time;
  }
}

// One entry of tomorrow is a mistake, or a clock that is fast; a feed of which most are is a
// calendar.
bool is_calendar(const Feed& feed, Time now) {
  constexpr std::ptrdiff_t kEventsMin = 2;
  const auto is_ahead = [&](const Entry& entry) {
    return entry.published && *entry.published > now + hours(24);
  };
  const std::ptrdiff_t ahead = std::ranges::count_if(feed.entries, is_ahead);
  return ahead >= kEventsMin && ahead * 2 > static_cast<std::ptrdiff_t>(feed.entries.size());
}

}  // namespace

std::vector<PublishTimes> publish_times(const Feed& feed, Sight sight, Time now) {
  std::vector<PublishTimes> all;
  std::vector<std::optional<Time>> published;
  for (const Entry& entry : feed.entries) {
    all.push_back({.updated = plausible(entry.updated, now)});
    const std::optional<Time> time = plausible(entry.published, now);
    published.push_back(time ? time : all.back().updated);
  }
  if (sight == Sight::First && !place_by_neighbors(published, now))
    place_by_feed(published, feed, now);
  const bool in_calendar = is_calendar(feed, now);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].published = published[i].value_or(now);
    const std::optional<Time>& said = feed.entries[i].published;
    if (in_calendar && said && *said > now) all[i].updated = said;
  }
  return all;
}

}  // namespace tidings::normalize
