// Defines TrendStore: every adapter instantiates this suite.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class TrendStoreContract : public StoresContract {
 protected:
  RisingKey key(TrendKind kind, const std::string& name) {
    return {.key = {.kind = kind, .key = name, .label = "The " + name},
            .rise = {.window = std::chrono::minutes(45),
                     .count = 47,
                     .expected = 6.125,
                     .discounted = 12.5,
                     .publishers = 3,
                     .log10_p = -20.75},
            .since = now() - std::chrono::minutes(5),
            .peak_count = 31,
            .peak_at = now() - std::chrono::minutes(1)};
  }
  CurrentTrend rising(const std::string& name) {
    return {.trend = {.head = key(TrendKind::Entity, name),
                      .related = {key(TrendKind::Term, "en:" + name), key(TrendKind::Story, "7")},
                      .articles = {ArticleId(12), ArticleId(11)}},
            .since = now() - std::chrono::minutes(9)};
  }
  Result<TrendList> replace(std::vector<CurrentTrend> trends, std::vector<TrendId> over = {}) {
    const EventSequence at = must(events().cursor("trends"));
    return trends_at(at, std::move(trends), std::move(over));
  }
  Result<TrendList> trends_at(EventSequence from, std::vector<CurrentTrend> given,
                              std::vector<TrendId> over = {}) {
    const TrendStep step{.version = must(trends().list()).version,
                         .since = now() - std::chrono::hours(50),
                         .as_of = now(),
                         .is_warm = true,
                         .trends = std::move(given),
                         .over = std::move(over)};
    return trends().replace(step, {.consumer = "trends", .from = from, .to = from});
  }
  std::vector<std::pair<EventKind, std::int64_t>> told() {
    std::vector<std::pair<EventKind, std::int64_t>> told;
    for (const Event& event : all_events()) told.emplace_back(event.kind, event.subject);
    return told;
  }
};

TEST_P(TrendStoreContract, BeginsWithNothing) {
  const TrendList list = must(trends().list());
  EXPECT_EQ(list.version, 0);
  EXPECT_FALSE(list.is_warm);
  EXPECT_THAT(list.trends, testing::IsEmpty());
  EXPECT_EQ(must(trends().checkpoint()), TrendCheckpoint{});
  EXPECT_EQ(kind_of(trends().get(TrendId(7))), ErrorKind::NotFound);
}

TEST_P(TrendStoreContract, KeepsAListAndTellsOfWhatIsNew) {
  CurrentTrend untold = rising("sea");
  untold.is_told = false;
  untold.ended_at = now();
  const TrendList kept = must(replace({rising("storm"), untold}));
  ASSERT_EQ(kept.trends.size(), 2);
  const TrendList read = must(trends().list());
  EXPECT_EQ(read.version, 1);
  EXPECT_EQ(read.as_of, now());
  EXPECT_EQ(read.since, now() - std::chrono::hours(50));
  EXPECT_TRUE(read.is_warm);
  EXPECT_EQ(read.trends, kept.trends);
  CurrentTrend expected = rising("storm");
  expected.id = kept.trends[0].id;
  EXPECT_EQ(must(trends().get(expected.id)), expected);
  untold.id = kept.trends[1].id;
  EXPECT_EQ(kept.trends[1], untold);
  EXPECT_NE(untold.id, expected.id);
  EXPECT_THAT(told(), testing::ElementsAre(std::pair(EventKind::TrendRose, to_int(expected.id))));
  EXPECT_EQ(all_events().back().published, expected.since);
}

TEST_P(TrendStoreContract, ALaterListTakesThePlaceOfTheOneBefore) {
  const TrendId storm = must(replace({rising("storm")})).trends[0].id;
  clock().advance(std::chrono::minutes(1));
  CurrentTrend goes_on = must(trends().get(storm));
  goes_on.trend.head.rise.count = 50;
  goes_on.trend.related.pop_back();
  const TrendId vote = must(replace({rising("vote"), goes_on})).trends[0].id;
  EXPECT_EQ(must(trends().list()).trends[1], goes_on);
  must(replace({}, {storm, vote}));
  EXPECT_THAT(must(trends().list()).trends, testing::IsEmpty());
  EXPECT_EQ(kind_of(trends().get(storm)), ErrorKind::NotFound);
  EXPECT_THAT(told(), testing::ElementsAre(std::pair(EventKind::TrendRose, to_int(storm)),
                                           std::pair(EventKind::TrendRose, to_int(vote)),
                                           std::pair(EventKind::TrendOver, to_int(storm)),
                                           std::pair(EventKind::TrendOver, to_int(vote))));
}

TEST_P(TrendStoreContract, AListIsTakenWithTheStepOrNotAtAll) {
  EXPECT_EQ(kind_of(trends_at(EventSequence(5), {rising("storm")})), ErrorKind::Conflict);
  must(trends().replace({.trends = {rising("storm")}},
                        {.consumer = "trends", .to = EventSequence(3)}));
  const TrendStep late{.version = 0, .trends = {rising("vote")}};
  EXPECT_EQ(kind_of(trends().replace(
                late, {.consumer = "trends", .from = EventSequence(3), .to = EventSequence(4)})),
            ErrorKind::Conflict);
  EXPECT_EQ(must(events().cursor("trends")), EventSequence(3));
  EXPECT_EQ(must(trends().list()).version, 1);
  EXPECT_EQ(told().size(), 1);
}

TEST_P(TrendStoreContract, ACheckpointIsNeverOfBefore) {
  must(trends().set_checkpoint({.key = "trends/a", .cursor = EventSequence(5)}));
  must(trends().set_checkpoint({.key = "trends/b", .cursor = EventSequence(5)}));
  EXPECT_EQ(kind_of(trends().set_checkpoint({.key = "trends/c", .cursor = EventSequence(4)})),
            ErrorKind::Conflict);
  const TrendCheckpoint kept{.key = "trends/b", .cursor = EventSequence(5)};
  EXPECT_EQ(must(trends().checkpoint()), kept);
}

TEST_P(TrendStoreContract, SurvivesReopening) {
  const TrendList before = must(replace({rising("storm"), rising("Stürme \xF0\x9F\x8C\x8A")}));
  must(trends().set_checkpoint({.key = "trends/a", .cursor = EventSequence(5)}));
  if (!reopen()) GTEST_SKIP() << "nothing outlives these stores";
  EXPECT_EQ(must(trends().list()).trends, before.trends);
  EXPECT_EQ(must(trends().checkpoint()).key, "trends/a");
}

}  // namespace tidings::contract
