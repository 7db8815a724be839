#include "pipeline/consumer.h"

#include <map>
#include <numeric>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "pipeline/event_tail.h"
#include "pipeline/hourly_counts.h"

namespace tidings::pipeline {
namespace {

using testing::ElementsAre;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// Remembers what took effect; fails as it is told, by the event's sequence.
class Recorder final : public Consumer {
 public:
  explicit Recorder(EventLog& log) : log_(log) {}
  const std::string& name() const override { return name_; }

  Result<void> apply(std::span<const Event> events, const CursorMove& move) override {
    ++calls;
    for (const Event& event : events) {
      const auto fault = faults.find(to_int(event.sequence));
      if (fault != faults.end()) return fault->second;
    }
    TRY(log_.advance(move));
    for (const Event& event : events) taken.push_back(to_int(event.sequence));
    return {};
  }

  std::map<std::int64_t, Error> faults;
  std::vector<std::int64_t> taken;
  int calls = 0;

 private:
  const std::string name_ = "recorder";
  EventLog& log_;
};

class ConsumerRunnerTest : public testing::Test {
 protected:
  // Each added source is an event.
  void append(int count) {
    std::vector<SourceSettings> sources;
    for (int i = 0; i < count; ++i)
      sources.push_back({.url = "https://example.org/" + std::to_string(next_++)});
    ASSERT_TRUE(stores_.sources().add(sources));
  }

  void run_until_idle(ConsumerRunner& runner) {
    for (int i = 0; i < 1000; ++i) {
      const auto step = runner.step();
      ASSERT_TRUE(step) << step.error().message;
      if (*step == ConsumerRunner::Step::Idle) return;
    }
    FAIL() << "the consumer never came to rest";
  }

  ManualClock clock_{kNow};
  memory::MemoryStores stores_{clock_};
  Metrics metrics_;
  Recorder recorder_{stores_.events()};
  int next_ = 0;
};

TEST_F(ConsumerRunnerTest, TakesEveryEventOnceAndInOrder) {
  append(25);
  ConsumerRunner runner(recorder_, stores_.events(), metrics_, {.batch_events_max = 10});
  run_until_idle(runner);
  std::vector<std::int64_t> expected(25);
  std::iota(expected.begin(), expected.end(), 1);
  EXPECT_EQ(recorder_.taken, expected);
  EXPECT_EQ(recorder_.calls, 3);
  EXPECT_EQ(stores_.events().cursor("recorder").value(), EventSequence(25));
}

TEST_F(ConsumerRunnerTest, BuriesOnlyTheEventThatFails) {
  append(20);
  recorder_.faults[7] = invalid_input("cannot be read");
  ConsumerRunner runner(recorder_, stores_.events(), metrics_);
  run_until_idle(runner);
  EXPECT_EQ(recorder_.taken.size(), 19u);
  EXPECT_EQ(std::set(recorder_.taken.begin(), recorder_.taken.end()).count(7), 0u);
  const auto letters = stores_.events().dead_letters("recorder", 10).value();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].event.sequence, EventSequence(7));
  EXPECT_EQ(letters[0].error, "cannot be read");
  EXPECT_EQ(letters[0].attempts, 3);
}

TEST_F(ConsumerRunnerTest, WaitsForADependencyAndBuriesNothing) {
  append(3);
  const Error faults[] = {unavailable("the index is away"),
                          corrupt("the database is damaged"),
                          {ErrorKind::RateLimited, "asked too much", {}}};
  ConsumerRunner runner(recorder_, stores_.events(), metrics_);
  for (const Error& fault : faults) {
    recorder_.faults.insert_or_assign(2, fault);
    for (int i = 0; i < 20; ++i) {
      const auto step = runner.step();
      ASSERT_FALSE(step) << fault.message;
      EXPECT_EQ(step.error(), fault);
    }
  }
  EXPECT_TRUE(stores_.events().dead_letters("", 10).value().empty());
  recorder_.faults.clear();
  run_until_idle(runner);
  EXPECT_THAT(recorder_.taken, ElementsAre(1, 2, 3));
}

TEST_F(ConsumerRunnerTest, ARedrivenLetterWaitsForADependencyToo) {
  append(1);
  recorder_.faults[1] = invalid_input("cannot be read");
  ConsumerRunner runner(recorder_, stores_.events(), metrics_);
  run_until_idle(runner);
  EXPECT_EQ(stores_.events().redrive("recorder", {}).value(), 1u);
  recorder_.faults.insert_or_assign(1, corrupt("the database is damaged"));
  EXPECT_FALSE(runner.step());
  EXPECT_EQ(stores_.events().dead_letters("recorder", 10).value().at(0).error, "cannot be read");
  recorder_.faults.clear();
  run_until_idle(runner);
  EXPECT_THAT(recorder_.taken, ElementsAre(1));
}

TEST_F(ConsumerRunnerTest, RedrivenLetterTakesEffectOnceOrRestsAgain) {
  append(3);
  recorder_.faults[2] = invalid_input("first reason");
  ConsumerRunner runner(recorder_, stores_.events(), metrics_);
  run_until_idle(runner);
  EXPECT_THAT(recorder_.taken, ElementsAre(1, 3));

  recorder_.faults[2] = invalid_input("second reason");
  EXPECT_EQ(stores_.events().redrive("recorder", {}).value(), 1u);
  run_until_idle(runner);
  EXPECT_EQ(stores_.events().dead_letters("recorder", 10).value().at(0).error, "second reason");

  recorder_.faults.clear();
  EXPECT_EQ(stores_.events().redrive("recorder", {}).value(), 1u);
  run_until_idle(runner);
  EXPECT_THAT(recorder_.taken, ElementsAre(1, 3, 2));
  EXPECT_TRUE(stores_.events().dead_letters("recorder", 10).value().empty());
}

TEST_F(ConsumerRunnerTest, YieldsToAnotherProcessThatTookTheStep) {
  append(2);
  recorder_.faults[1] = Error{ErrorKind::Conflict, "the cursor moved", {}};
  ConsumerRunner runner(recorder_, stores_.events(), metrics_);
  EXPECT_EQ(runner.step().value(), ConsumerRunner::Step::Worked);
  ASSERT_TRUE(stores_.events().advance(
      {.consumer = "recorder", .from = EventSequence(0), .to = EventSequence(2)}));
  EXPECT_EQ(runner.step().value(), ConsumerRunner::Step::Idle);
  EXPECT_TRUE(recorder_.taken.empty());
}

TEST_F(ConsumerRunnerTest, RunWakesForNewEventsAndStops) {
  ConsumerRunner runner(recorder_, stores_.events(), metrics_,
                        {.poll_interval = std::chrono::hours(1)});
  Signal appended;
  {
    std::jthread running([&](std::stop_token stop) { runner.run(stop, appended); });
    append(5);
    appended.notify();
    while (stores_.events().cursor("recorder").value() != EventSequence(5))
      std::this_thread::yield();
  }
  EXPECT_EQ(recorder_.taken.size(), 5u);
}

TEST_F(ConsumerRunnerTest, HourlyCountsFollowTheLogExactlyOnce) {
  const SourceId source = stores_.sources()
                              .add(std::vector<SourceSettings>{{.url = "https://example.org/feed"}})
                              .value()[0]
                              .id;
  IngestBatch batch{.source_id = source};
  for (int i = 0; i < 3; ++i) {
    NewArticle article;
    article.article.summary.title = "Title " + std::to_string(i);
    article.article.summary.language = i == 2 ? "de" : "en";
    article.article.summary.published = kNow;
    article.identity[0] = static_cast<std::uint8_t>(i + 1);
    batch.articles.push_back(article);
  }
  ASSERT_TRUE(stores_.articles().ingest({&batch, 1}));
  HourlyCounts counts(stores_, stories::PublisherFamilies::shipped());
  for (int restart = 0; restart < 2; ++restart) {
    ConsumerRunner runner(counts, stores_.events(), metrics_);
    run_until_idle(runner);
  }
  const HourlyQuery all{.since = kNow - std::chrono::hours(1),
                        .until = kNow + std::chrono::hours(1)};
  const auto hours = stores_.rollups().per_hour(all).value();
  ASSERT_EQ(hours.size(), 1u);
  EXPECT_EQ(hours[0].articles, 3);
  EXPECT_EQ(format_rfc3339(hours[0].hour), "2026-11-23T18:00:00Z");
  EXPECT_EQ(stores_.rollups().top_languages(all, 5).value().at(0).articles, 2);
}

TEST_F(ConsumerRunnerTest, EventTailPassesOnOnlyWhatIsNew) {
  append(3);
  std::vector<std::int64_t> seen;
  EventTail tail(stores_.events(), {[&seen](std::span<const Event> events) {
                   for (const Event& event : events) seen.push_back(to_int(event.sequence));
                 }},
                 {});
  ASSERT_TRUE(tail.start());
  EXPECT_FALSE(tail.step().value());
  append(2);
  EXPECT_TRUE(tail.step().value());
  EXPECT_THAT(seen, ElementsAre(4, 5));
  EXPECT_FALSE(tail.step().value());
}

}  // namespace
}  // namespace tidings::pipeline
