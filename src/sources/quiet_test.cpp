#include "sources/quiet.h"

#include <gtest/gtest.h>

namespace tidings::sources {
namespace {

Time at(std::string_view text) {
  return parse_rfc3339(text).value();
}

TEST(QuietTimes, MoveTheNextRequest) {
  Feed night;
  night.skip_hours = {0, 1, 2, 23};
  Feed weekend;
  weekend.skip_days = {0, 6};
  Feed never;
  for (int hour = 0; hour < 24; ++hour) never.skip_hours.push_back(hour);
  never.skip_days = {1};
  const struct {
    const char* why;
    const Feed& feed;
    const char* wanted;  // 2026-11-23 is a Monday
    const char* expected;
  } cases[] = {
      {"day", night, "2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z"},
      {"night", night, "2026-11-23T23:10:00Z", "2026-11-24T03:00:00Z"},
      {"its turn could come at night", night, "2026-11-23T22:56:00Z", "2026-11-24T03:00:00Z"},
      {"Saturday", weekend, "2026-11-28T10:30:00Z", "2026-11-30T00:00:00Z"},
      {"all hours are none, the day counts", never, "2026-11-23T12:00:00Z", "2026-11-24T00:00:00Z"},
      {"all hours are none", never, "2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"}};
  for (const auto& c : cases) {
    EXPECT_EQ(format_rfc3339(after_quiet(quiet_times(c.feed), at(c.wanted), 0)), c.expected)
        << c.why;
  }
}

TEST(QuietTimes, AWeekOfThemIsTooMuch) {
  Feed feed;
  feed.skip_days = {0, 1, 2, 3, 4, 5};
  const Time sunday = at("2026-11-22T10:00:00Z");
  EXPECT_EQ(after_quiet(quiet_times(feed), sunday, 0), sunday);
  EXPECT_GT(after_quiet(quiet_times(feed), at("2026-11-27T10:00:00Z"), 0.5),
            at("2026-11-28T00:00:00Z"));
}

}  // namespace
}  // namespace tidings::sources
