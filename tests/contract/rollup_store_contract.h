// Defines RollupStore: every adapter instantiates this suite.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class RollupStoreContract : public StoresContract {
 protected:
  static Time hour(int n) { return *parse_rfc3339("2026-11-23T00:00:00Z") + std::chrono::hours(n); }

  static HourlyCount count(int at, int source, const std::string& language, int articles) {
    return {.hour = hour(at),
            .source_id = SourceId(source),
            .language = language,
            .articles = articles};
  }

  Result<void> add(std::vector<HourlyCount> counts, std::int64_t from, std::int64_t to) {
    return rollups().add(
        counts, {.consumer = "rollups", .from = EventSequence(from), .to = EventSequence(to)});
  }
};

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(RollupStoreContract, SumsPerHour) {
  must(add({count(1, 1, "pt", 2), count(1, 2, "pt-BR", 3), count(3, 1, "en", 5)}, 0, 1));
  must(add({count(1, 1, "pt", 10), count(3, 1, "", 1), count(3, 1, "", 1)}, 1, 2));
  const HourlyQuery all{.since = hour(0), .until = hour(24)};
  EXPECT_THAT(must(rollups().per_hour(all)), ElementsAre(count(1, 0, "", 15), count(3, 0, "", 7)));
  EXPECT_THAT(must(rollups().per_hour({.since = hour(1), .until = hour(3)})),
              ElementsAre(count(1, 0, "", 15)));
  HourlyQuery query = all;
  query.source_id = SourceId(1);
  EXPECT_THAT(must(rollups().per_hour(query)),
              ElementsAre(count(1, 1, "", 12), count(3, 1, "", 7)));
  query.language = "pt";
  EXPECT_THAT(must(rollups().per_hour(query)), ElementsAre(count(1, 1, "pt", 12)));
  query.source_id.reset();
  EXPECT_THAT(must(rollups().per_hour(query)), ElementsAre(count(1, 0, "pt", 15)));
  query.language = "pt-BR";
  EXPECT_THAT(must(rollups().per_hour(query)), ElementsAre(count(1, 0, "pt-BR", 3)));
  query.language = "p";
  EXPECT_THAT(must(rollups().per_hour(query)), IsEmpty());
}

TEST_P(RollupStoreContract, RanksSourcesAndLanguages) {
  must(add({count(1, 1, "en", 2), count(2, 1, "de", 2), count(1, 2, "de", 9), count(1, 3, "en", 4),
            count(2, 4, "", 1), count(30, 4, "fr", 100)},
           0, 1));
  const HourlyQuery day{.since = hour(0), .until = hour(24)};
  EXPECT_THAT(must(rollups().top_sources(day, 3)),
              ElementsAre(count(0, 2, "", 9), count(0, 1, "", 4), count(0, 3, "", 4)));
  EXPECT_THAT(must(rollups().top_sources(day, 10)), SizeIs(4));
  EXPECT_THAT(must(rollups().top_languages(day, 10)),
              ElementsAre(count(0, 0, "de", 11), count(0, 0, "en", 6), count(0, 0, "", 1)));
  HourlyQuery german = day;
  german.language = "de";
  EXPECT_THAT(must(rollups().top_sources(german, 10)),
              ElementsAre(count(0, 2, "", 9), count(0, 1, "", 2)));
  HourlyQuery first = day;
  first.source_id = SourceId(1);
  EXPECT_THAT(must(rollups().top_languages(first, 1)), ElementsAre(count(0, 0, "de", 2)));
}

TEST_P(RollupStoreContract, AddsOnlyWithTheStep) {
  must(add({count(1, 1, "en", 1)}, 0, 5));
  EXPECT_EQ(kind_of(add({count(1, 1, "en", 1)}, 0, 5)), ErrorKind::Conflict);
  EXPECT_EQ(kind_of(add({count(1, 1, "en", 1)}, 6, 7)), ErrorKind::Conflict);
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 5);
  EXPECT_THAT(must(rollups().per_hour({.since = hour(0), .until = hour(24)})),
              ElementsAre(count(1, 0, "", 1)));
  must(add({}, 5, 6));
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 6);
}

TEST_P(RollupStoreContract, SettlesALetterOnce) {
  add_source();
  const Event event = all_events().at(0);
  must(events().advance({.consumer = "rollups",
                         .from = EventSequence(0),
                         .to = EventSequence(1),
                         .buried = {{.event = event, .error = "e"}}}));
  const auto letters = must(events().dead_letters("rollups", 10));
  ASSERT_THAT(letters, SizeIs(1));
  const CursorMove settle{.consumer = "rollups",
                          .from = EventSequence(1),
                          .to = EventSequence(1),
                          .settled = letters[0].id};
  const std::vector<HourlyCount> counts = {count(1, 1, "en", 1)};
  must(rollups().add(counts, settle));
  EXPECT_EQ(kind_of(rollups().add(counts, settle)), ErrorKind::Conflict);
  EXPECT_THAT(must(events().dead_letters("", 10)), IsEmpty());
  EXPECT_THAT(must(rollups().per_hour({.since = hour(0), .until = hour(24)})),
              ElementsAre(count(1, 0, "", 1)));
}

TEST_P(RollupStoreContract, CountsEachStepOnceWhenManyTry) {
  constexpr int kThreads = 4, kSteps = 20;
  std::atomic<int> taken = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int step = 0; step < kSteps; ++step) {
          if (add({count(step % 3, 1, "en", 1)}, step, step + 1)) ++taken;
        }
      });
    }
  }
  std::int64_t total = 0;
  for (const auto& row : must(rollups().per_hour({.since = hour(0), .until = hour(24)}))) {
    total += row.articles;
  }
  EXPECT_EQ(total, taken);
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), taken);
}

TEST_P(RollupStoreContract, KeepsEverythingThroughAReopening) {
  must(add({count(1, 1, "en", 4)}, 0, 5));
  if (!reopen()) return;  // nothing outlives this store
  EXPECT_THAT(must(rollups().per_hour({.since = hour(0), .until = hour(24)})),
              ElementsAre(count(1, 0, "", 4)));
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 5);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RollupStoreContract);

}  // namespace tidings::contract
