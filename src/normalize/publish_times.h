// When entries were published, as far as a feed says so.
#pragma once

#include <optional>
#include <vector>

#include "core/time.h"
#include "model/feed.h"

namespace tidings::normalize {

struct PublishTimes {
  Time published{};  // never later than now
  std::optional<Time> updated;
};

enum class Sight : bool { First, Later };  // of the feed

// For each entry. Times later than `now` become `now`, but where most entries lie ahead by more
// than a day: that feed is a calendar, and `updated` is when the event takes place. Times before
// 1990 count as missing. An entry without a time appeared just now in a feed that was read before.
// At first sight it has been there for nobody knows how long: it stands next to the entry before it
// that has a time, else to the one after it; where none has one, the entries stand an hour apart,
// the first an hour before the feed's own date.
std::vector<PublishTimes> publish_times(const Feed& feed, Sight sight, Time now);

}  // namespace tidings::normalize
