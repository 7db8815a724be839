#include "normalize/publish_times.h"

#include <string>

#include <gtest/gtest.h>

namespace tidings::normalize {
namespace {

const Time kNow = *parse_rfc3339("2026-11-23T18:30:00Z");

Feed feed_of(const std::vector<std::string>& times) {
  Feed feed;
  for (const std::string& time : times) {
    Entry entry;
    if (!time.empty()) entry.published = *parse_rfc3339("2026-11-23T" + time + "Z");
    feed.entries.push_back(entry);
  }
  return feed;
}

std::vector<std::string> placed(const Feed& feed, Sight sight) {
  std::vector<std::string> all;
  for (const PublishTimes& times : publish_times(feed, sight, kNow)) {
    all.push_back(format_rfc3339(times.published).substr(11, 8));
  }
  return all;
}

TEST(PublishTimes, PlacesWhatHasNoTimeAtFirstSight) {
  using Times = std::vector<std::string>;
  const struct {
    std::string why;
    Times given, expected;
  } cases[] = {
      {"all have one", {"12:00:00", "11:00:00"}, {"12:00:00", "11:00:00"}},
      {"below the one before",
       {"12:00:00", "", "", "11:00:00"},
       {"12:00:00", "11:59:59", "11:59:58", "11:00:00"}},
      {"above the one after", {"", "", "12:00:00"}, {"12:00:02", "12:00:01", "12:00:00"}},
      {"never in the future", {"", "18:30:00"}, {"18:30:00", "18:30:00"}},
      {"none: an hour apart", {"", "", ""}, {"17:30:00", "16:30:00", "15:30:00"}},
  };
  for (const auto& c : cases)
    EXPECT_EQ(placed(feed_of(c.given), Sight::First), c.expected) << c.why;
  Feed dated = feed_of({"", ""});
  dated.updated = *parse_rfc3339("2026-11-23T10:00:00Z");
  EXPECT_EQ(placed(dated, Sight::First), (Times{"09:00:00", "08:00:00"})) << "the feed's own date";
}

TEST(PublishTimes, TakesWhatAppearsLaterForNew) {
  EXPECT_EQ(placed(feed_of({"", "12:00:00", ""}), Sight::Later),
            (std::vector<std::string>{"18:30:00", "12:00:00", "18:30:00"}));
}

}  // namespace
}  // namespace tidings::normalize
