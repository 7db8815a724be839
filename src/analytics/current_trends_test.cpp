#include "analytics/current_trends.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::analytics {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

const Time kNow = from_micros(1'772'409'600'000'000);

RisingKey key(const std::string& name) {
  return {.key = {.kind = TrendKind::Term, .key = name}, .since = kNow - minutes(5)};
}

// "storm sea": the head, and what is related.
Trend trend(const std::string& names) {
  Trend trend;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(' ', at), names.size());
    const RisingKey one = key(names.substr(at, end - at));
    at == 0 ? static_cast<void>(trend.head = one) : trend.related.push_back(one);
    at = end + 1;
  }
  return trend;
}

CurrentTrend kept(int id, const std::string& names) {
  return {.id = TrendId(id), .trend = trend(names), .since = kNow - minutes(90)};
}

TEST(FollowTrends, WhatRisesFirstIsToldOf) {
  const TrendChanges changes = follow_trends({}, {trend("storm sea"), trend("vote")}, kNow);
  ASSERT_EQ(changes.trends.size(), 2);
  EXPECT_EQ(changes.trends[0].id, TrendId{});
  EXPECT_TRUE(changes.trends[0].is_told);
  EXPECT_EQ(changes.trends[0].since, kNow - minutes(5));
  EXPECT_THAT(changes.over, IsEmpty());
}

TEST(FollowTrends, ATrendGoesOnByAnyOfItsKeys) {
  const std::vector<CurrentTrend> before = {kept(1, "storm sea"), kept(2, "vote")};
  const TrendChanges changes = follow_trends(before, {trend("vote"), trend("wind sea")}, kNow);
  ASSERT_EQ(changes.trends.size(), 2);
  EXPECT_EQ(changes.trends[0].id, TrendId(2));
  EXPECT_EQ(changes.trends[1].id, TrendId(1));
  EXPECT_EQ(changes.trends[1].since, kNow - minutes(90));
  EXPECT_EQ(changes.trends[1].trend, trend("wind sea"));
}

TEST(FollowTrends, TwoThatBecomeOneAreTheOneOfMoreKeys) {
  const std::vector<CurrentTrend> before = {kept(1, "storm"), kept(2, "sea coast")};
  const TrendChanges changes = follow_trends(before, {trend("storm sea coast")}, kNow);
  ASSERT_EQ(changes.trends.size(), 2);
  EXPECT_EQ(changes.trends[0].id, TrendId(2));
  EXPECT_EQ(changes.trends[1].id, TrendId(1)) << "kept for a while";
  EXPECT_EQ(changes.trends[1].ended_at, kNow);
}

TEST(FollowTrends, APartThatBecomesATrendOfItsOwnIsNotToldOf) {
  const std::vector<CurrentTrend> before = {kept(1, "storm sea coast")};
  const TrendChanges changes = follow_trends(before, {trend("storm"), trend("sea")}, kNow);
  ASSERT_EQ(changes.trends.size(), 2);
  EXPECT_EQ(changes.trends[0].id, TrendId(1));
  EXPECT_EQ(changes.trends[1].id, TrendId{});
  EXPECT_FALSE(changes.trends[1].is_told);
}

TEST(FollowTrends, EndsOnceAWhileAfterNothingRises) {
  std::vector<CurrentTrend> before = {kept(1, "storm"), kept(2, "vote")};
  before[1].is_told = false;
  TrendChanges changes = follow_trends(before, {}, kNow);
  ASSERT_EQ(changes.trends.size(), 2);
  EXPECT_THAT(changes.over, IsEmpty());
  const TrendChanges back =
      follow_trends(changes.trends, {trend("storm")}, kNow + kTrendEndsAfter / 2);
  EXPECT_EQ(back.trends[0].id, TrendId(1));
  EXPECT_EQ(back.trends[0].ended_at, std::nullopt);
  changes = follow_trends(changes.trends, {}, kNow + kTrendEndsAfter);
  EXPECT_THAT(changes.trends, IsEmpty());
  EXPECT_THAT(changes.over, ElementsAre(TrendId(1))) << "not what nobody was told of";
}

TEST(FollowTrends, ThoseThatGoOnComeFirstWhereThereAreTooMany) {
  std::vector<CurrentTrend> before;
  std::vector<Trend> rising;
  for (std::size_t i = 0; i < kCurrentTrendsMax; ++i) {
    rising.push_back(trend("new" + std::to_string(i)));
    if (i % 2 == 0) before.push_back(kept(static_cast<int>(i) + 1, "old" + std::to_string(i)));
  }
  for (const CurrentTrend& one : before) rising.push_back(one.trend);
  const TrendChanges changes = follow_trends(before, rising, kNow);
  EXPECT_EQ(changes.trends.size(), kCurrentTrendsMax);
  EXPECT_EQ(std::ranges::count(changes.trends, TrendId{}, &CurrentTrend::id),
            kCurrentTrendsMax / 2);
  EXPECT_EQ(changes.trends[0].trend, trend("new0"));
}

}  // namespace
}  // namespace tidings::analytics
