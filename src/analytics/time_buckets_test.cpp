#include "analytics/time_buckets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::analytics {
namespace {

Time at(const char* text) {
  return *parse_rfc3339(text);
}

std::vector<std::string> begins(const char* since, const char* until, Interval interval,
                                const std::string& zone) {
  const auto buckets = time_buckets(at(since), at(until), interval, zone, 100);
  EXPECT_TRUE(buckets);
  std::vector<std::string> texts;
  for (const Time time : *buckets) texts.push_back(format_rfc3339(time));
  return texts;
}

TEST(TimeBuckets, BeginWhereTheDayBegins) {
  EXPECT_THAT(
      begins("2026-11-25T10:30:00Z", "2026-11-26T10:30:00Z", Interval::Day, "UTC"),
      testing::ElementsAre("2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"));
  EXPECT_THAT(begins("2026-11-25T00:30:00Z", "2026-11-25T01:00:00Z", Interval::Day, "Asia/Tokyo"),
              testing::ElementsAre("2026-11-24T15:00:00Z", "2026-11-25T15:00:00Z"));
}

TEST(TimeBuckets, HaveTheHoursOfADayThatClocksChangeOn) {
  EXPECT_EQ(begins("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", Interval::Hour, "Europe/Berlin")
                .size(),
            23U + 1);
  EXPECT_THAT(
      begins("2026-03-29T10:00:00Z", "2026-03-30T10:00:00Z", Interval::Day, "Europe/Berlin"),
      testing::ElementsAre("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z"));
}

TEST(TimeBuckets, CountWeeksFromMondayAndMonthsFromTheFirst) {
  EXPECT_THAT(
      begins("2026-11-29T12:00:00Z", "2026-11-30T12:00:00Z", Interval::Week, "UTC"),
      testing::ElementsAre("2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z"));
  EXPECT_THAT(
      begins("2026-01-31T12:00:00Z", "2026-03-01T00:00:00Z", Interval::Month, "UTC"),
      testing::ElementsAre("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"));
}

TEST(TimeBuckets, RefuseWhatCannotBeCounted) {
  const Time now = at("2026-11-25T10:30:00Z");
  EXPECT_FALSE(time_buckets(now, now, Interval::Day, "UTC", 100));
  EXPECT_FALSE(time_buckets(now, now + std::chrono::hours(101), Interval::Hour, "UTC", 100));
  EXPECT_FALSE(time_buckets(now, now + std::chrono::hours(1), Interval::Hour, "Mars/Base", 100));
}

TEST(HoursOfWeek, AreThoseOfTheZone) {
  const auto hours = hours_of_week({at("2026-11-23T00:30:00Z")}, "America/New_York");
  ASSERT_TRUE(hours);
  EXPECT_EQ(hours->front().weekday, 6) << "it is Sunday there";
  EXPECT_EQ(hours->front().hour, 19);
}

}  // namespace
}  // namespace tidings::analytics
