// Defines EventLog: every adapter instantiates this suite.
#pragma once

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class EventLogContract : public StoresContract {
 protected:
  // One event each.
  void make_events(int count) {
    for (int i = 0; i < count; ++i) {
      add_source("https://" + std::to_string(made_++) + ".example/");
    }
  }

  Result<void> move(const std::string& consumer, std::int64_t from, std::int64_t to) {
    return events().advance(
        {.consumer = consumer, .from = EventSequence(from), .to = EventSequence(to)});
  }

  // Gives the event up and returns the id of its letter.
  DeadLetterId bury(const std::string& consumer, const Event& event, const std::string& error) {
    const EventSequence at = must(events().cursor(consumer));
    must(events().advance({.consumer = consumer,
                           .from = at,
                           .to = std::max(at, event.sequence),
                           .buried = {{.event = event, .error = error, .attempts = 3}}}));
    DeadLetterId newest{};
    for (const DeadLetter& letter : letters(consumer)) newest = std::max(newest, letter.id);
    return newest;
  }

  std::vector<DeadLetter> letters(const std::string& consumer) {
    return must(events().dead_letters(consumer, 100));
  }

  std::vector<std::int64_t> sequences(std::int64_t after, std::size_t limit) {
    std::vector<std::int64_t> found;
    for (const Event& event : must(events().read(EventSequence(after), limit))) {
      found.push_back(to_int(event.sequence));
    }
    return found;
  }

 private:
  int made_ = 0;
};

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(EventLogContract, IsEmptyAtFirst) {
  EXPECT_EQ(to_int(must(events().head())), 0);
  EXPECT_EQ(to_int(must(events().oldest())), 1);
  EXPECT_THAT(sequences(0, 10), IsEmpty());
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 0);
}

TEST_P(EventLogContract, ReadsInOrderFromAnyPlace) {
  make_events(5);
  EXPECT_THAT(sequences(0, 10), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(sequences(0, 2), ElementsAre(1, 2));
  EXPECT_THAT(sequences(3, 10), ElementsAre(4, 5));
  EXPECT_THAT(sequences(5, 10), IsEmpty());
  EXPECT_THAT(sequences(1, 0), ElementsAre(2));
  EXPECT_EQ(to_int(must(events().head())), 5);
  EXPECT_EQ(to_int(must(events().oldest())), 1);
}

TEST_P(EventLogContract, MovesACursorOnlyFromWhereItIs) {
  make_events(5);
  must(move("rollups", 0, 2));
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 2);
  EXPECT_EQ(to_int(must(events().cursor("search"))), 0);
  EXPECT_EQ(kind_of(move("rollups", 0, 3)), ErrorKind::Conflict);
  EXPECT_EQ(kind_of(move("rollups", 3, 4)), ErrorKind::Conflict);
  EXPECT_EQ(kind_of(move("search", 2, 3)), ErrorKind::Conflict);
  EXPECT_EQ(kind_of(move("rollups", 2, 1)), ErrorKind::InvalidInput);
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 2);
  must(move("rollups", 2, 5));
  must(move("rollups", 5, 5));
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 5);
}

TEST_P(EventLogContract, KeepsGivenUpEvents) {
  make_events(2);
  const Event event = all_events().at(1);
  const DeadLetterId id = bury("rollups", event, "it \0 broke");
  const auto found = letters("rollups");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].id, id);
  EXPECT_EQ(found[0].consumer, "rollups");
  EXPECT_EQ(found[0].event, event);
  EXPECT_EQ(found[0].attempts, 3);
  EXPECT_EQ(found[0].buried_at, now());
  EXPECT_FALSE(found[0].redriven);
  EXPECT_THAT(letters("search"), IsEmpty());
  EXPECT_THAT(letters(""), SizeIs(1));
}

TEST_P(EventLogContract, BuriesNothingWhenTheStepWasTaken) {
  make_events(1);
  must(move("rollups", 0, 1));
  const CursorMove late{.consumer = "rollups",
                        .from = EventSequence(0),
                        .to = EventSequence(1),
                        .buried = {{.event = all_events().at(0), .error = "e"}}};
  EXPECT_EQ(kind_of(events().advance(late)), ErrorKind::Conflict);
  EXPECT_THAT(letters(""), IsEmpty());
}

TEST_P(EventLogContract, RedrivesReburiesAndSettles) {
  make_events(3);
  const auto log = all_events();
  const DeadLetterId a = bury("rollups", log.at(0), "first");
  const DeadLetterId b = bury("rollups", log.at(1), "second");
  const DeadLetterId other = bury("search", log.at(2), "third");
  EXPECT_LT(a, b);
  const std::vector<DeadLetterId> some = {b, other};
  EXPECT_EQ(must(events().redrive("rollups", some)), 1u);  // the other's is not ours
  EXPECT_EQ(must(events().redrive("rollups", some)), 0u);
  auto found = letters("rollups");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].id, b);  // what waits comes first
  EXPECT_TRUE(found[0].redriven);
  EXPECT_EQ(found[1].id, a);

  clock().advance(hours(1));
  must(events().rebury(b, "again"));
  found = letters("rollups");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[1].error, "again");
  EXPECT_EQ(found[1].attempts, 4);
  EXPECT_EQ(found[1].buried_at, now());
  EXPECT_FALSE(found[1].redriven);
  EXPECT_EQ(kind_of(events().rebury(DeadLetterId(1), "e")), ErrorKind::NotFound);

  EXPECT_EQ(must(events().redrive("rollups", {})), 2u);
  const CursorMove settle{
      .consumer = "rollups", .from = log[1].sequence, .to = log[1].sequence, .settled = a};
  must(events().advance(settle));
  EXPECT_EQ(kind_of(events().advance(settle)), ErrorKind::Conflict);  // takes effect once
  found = letters("rollups");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].id, b);
  CursorMove foreign = settle;
  foreign.settled = other;
  EXPECT_EQ(kind_of(events().advance(foreign)), ErrorKind::Conflict);
  EXPECT_EQ(must(events().redrive("", {})), 1u);
  EXPECT_THAT(must(events().dead_letters("", 1)), SizeIs(1));
}

TEST_P(EventLogContract, TrimsOnlyWhatAllConsumersHaveRead) {
  make_events(6);
  clock().advance(hours(1));
  EXPECT_EQ(must(events().trim(now(), 100)), 0u);  // nobody has read anything yet
  must(move("rollups", 0, 5));
  must(move("search", 0, 3));
  EXPECT_EQ(must(events().trim(now(), 2)), 2u);
  EXPECT_EQ(to_int(must(events().oldest())), 3);
  EXPECT_EQ(must(events().trim(now(), 100)), 1u);
  EXPECT_EQ(must(events().trim(now(), 100)), 0u);
  EXPECT_THAT(sequences(0, 10), ElementsAre(4, 5, 6));
  must(move("search", 3, 6));
  must(move("rollups", 5, 6));
  EXPECT_EQ(must(events().trim(now(), 100)), 3u);
  EXPECT_EQ(to_int(must(events().oldest())), 7);
  EXPECT_EQ(to_int(must(events().head())), 6);
  make_events(1);
  EXPECT_THAT(sequences(0, 10), ElementsAre(7));
}

TEST_P(EventLogContract, TrimsByAgeWithoutLeavingGaps) {
  make_events(2);
  clock().advance(hours(2));
  make_events(1);
  clock().advance(-hours(2));  // a clock that was set back
  make_events(1);
  must(move("rollups", 0, 4));
  EXPECT_EQ(must(events().trim(now(), 100)), 0u);
  EXPECT_EQ(must(events().trim(now() + hours(1), 100)), 2u);
  EXPECT_THAT(sequences(0, 10), ElementsAre(3, 4));
}

TEST_P(EventLogContract, ReadersNeverSeeAGapWhileManyWrite) {
  constexpr int kWriters = 4, kRounds = 40;
  std::atomic<bool> done = false;
  std::jthread reader([&] {
    std::int64_t seen = 0;
    while (true) {
      const bool last = done;
      for (const Event& event : must(events().read(EventSequence(seen), 10))) {
        ASSERT_EQ(to_int(event.sequence), seen + 1);
        ++seen;
      }
      if (last && seen == kWriters * kRounds) return;
      ASSERT_LE(seen, kWriters * kRounds);
    }
  });
  {
    std::vector<std::jthread> writers;
    for (int w = 0; w < kWriters; ++w) {
      writers.emplace_back([&, w] {
        for (int i = 0; i < kRounds; ++i) {
          add_source("https://" + std::to_string(w) + "-" + std::to_string(i) + ".example/");
        }
      });
    }
  }
  EXPECT_EQ(to_int(must(events().head())), kWriters * kRounds);
  done = true;
}

TEST_P(EventLogContract, OneOfManyTakesEachStep) {
  constexpr int kThreads = 4, kSteps = 25;
  std::atomic<int> taken = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int step = 0; step < kSteps; ++step) {
          const Result<void> moved = move("rollups", step, step + 1);
          if (moved) {
            ++taken;
          } else {
            EXPECT_EQ(moved.error().kind, ErrorKind::Conflict);
          }
        }
      });
    }
  }
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), taken);
}

TEST_P(EventLogContract, KeepsEverythingThroughAReopening) {
  make_events(3);
  const auto before = all_events();
  bury("rollups", before.at(0), "e");
  if (!reopen()) return;  // nothing outlives this store
  EXPECT_EQ(all_events(), before);
  EXPECT_EQ(to_int(must(events().cursor("rollups"))), 1);
  EXPECT_THAT(letters("rollups"), SizeIs(1));
  make_events(0);
  add_source("https://one-more.example/");
  EXPECT_EQ(to_int(must(events().head())), 4);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(EventLogContract);

}  // namespace tidings::contract
