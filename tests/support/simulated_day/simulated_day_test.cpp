#include "tests/support/simulated_day/simulated_day.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/contract/temporary_folder.h"

namespace tidings::simulated_day {
namespace {

TEST(SimulatedDay, IsLivedThroughWithoutAViolation) {
  const contract::TemporaryFolder folder;
  const Result<Day> day =
      live_through({.world = {.feeds = 300,
                              .hosts = 30,
                              .addresses = 6,
                              .began = parse_rfc3339("2026-11-23T00:00:00Z").value()},
                    .folder = folder.path()});
  ASSERT_TRUE(day) << day.error().message;
  EXPECT_THAT(day->score.examples, testing::IsEmpty());
  EXPECT_EQ(day->score.total_violations(), 0);
  EXPECT_GT(day->score.requests, 1000);
  EXPECT_GT(day->score.not_modified, 500);
  EXPECT_GT(day->score.entries_seen, 1000);
}

}  // namespace
}  // namespace tidings::simulated_day
