#include "pipeline/trends.h"

#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/faulty_trends.h"
#include "tests/support/story_world.h"

namespace tidings::pipeline {
namespace {

using contract::must;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr int kBurst = 12;

class TrendsConsumerTest : public testing::TestWithParam<bool> {
 protected:
  TrendsConsumerTest() : world_(GetParam()) {
    settings_.trends.limits = {.keys_max = 5'000, .sketch_width = 1 << 14};
  }

  Stores& stores() { return world_.stores(); }
  std::unique_ptr<TrendsConsumer> consumer() { return consumer(stores()); }
  std::unique_ptr<TrendsConsumer> consumer(Stores& stores) {
    return std::make_unique<TrendsConsumer>(stores, world_.objects, families_, metrics_,
                                            world_.clock, settings_);
  }
  // What a server does, from its start on; `steps` where it is killed soon.
  void follow(TrendsConsumer& consumer, int steps = 1'000) {
    ConsumerRunner runner(consumer, stores().events(), metrics_, {.batch_events_max = 5});
    while (steps-- > 0) {
      const auto step = runner.step();
      if (!step || *step == ConsumerRunner::Step::Idle) return;
    }
  }

  // Every seven minutes an article about something else.
  void publish_days(int days) {
    const Time end = world_.clock.now() + hours(24 * days);
    while (world_.clock.now() < end) publish(fmt::format("subject{}", published_ * 7 % 31));
  }
  ArticleId publish(const std::string& about) {
    const std::string name = fmt::format("a{}", published_++);
    const ArticleId id = world_.publish(published_, name, "en", "News of " + about,
                                        fmt::format("{} {}", about, name));
    world_.analyze(id, about);
    return id;
  }
  // Silence, by the minute.
  void wait(TrendsConsumer& consumer, Duration span) {
    for (const Time end = world_.clock.now() + span; world_.clock.now() < end;) {
      world_.clock.advance(minutes(1));
      follow(consumer);
    }
  }
  // Days, of which there is a checkpoint.
  EventSequence begin() {
    publish_days(3);
    const auto consumer = this->consumer();
    ConsumerRunner runner(*consumer, stores().events(), metrics_);
    while (must(runner.step()) == ConsumerRunner::Step::Worked) {
    }
    must(consumer->checkpoint());
    return must(stores().events().head());
  }

  std::vector<Trend> rising() {
    std::vector<Trend> found;
    for (const CurrentTrend& one : must(stores().trends().list()).trends) {
      if (!one.ended_at) found.push_back(one.trend);
    }
    return found;
  }
  std::vector<EventKind> told(EventSequence since) {
    std::vector<EventKind> kinds;
    for (const EventKind kind : world_.told_since(since)) {
      if (kind == EventKind::TrendRose || kind == EventKind::TrendOver) kinds.push_back(kind);
    }
    return kinds;
  }

  World world_;
  Metrics metrics_;
  TrendsSettings settings_;
  const stories::PublisherFamilies families_ = stories::PublisherFamilies::shipped();
  int published_ = 0;
};

TEST_P(TrendsConsumerTest, WhatRisesIsKeptAndToldAndEnds) {
  const EventSequence before = begin();
  const auto consumer = this->consumer();
  EXPECT_TRUE(must(stores().trends().list()).is_warm);
  EXPECT_THAT(rising(), IsEmpty());
  ArticleId last{};
  for (int i = 0; i < kBurst; ++i) {
    last = publish("quake");
    follow(*consumer);
  }
  ASSERT_EQ(rising().size(), 1);
  const Trend found = rising()[0];
  EXPECT_THAT(found.head.key.key, testing::HasSubstr("quak"));
  EXPECT_EQ(found.related.size(), 1) << "the word of the titles, or the entity";
  EXPECT_EQ(found.articles.front(), last);
  EXPECT_GT(found.head.rise.ratio(), 5);
  EXPECT_THAT(told(before), ElementsAre(EventKind::TrendRose));
  const CurrentTrend kept = must(stores().trends().list()).trends.front();
  wait(*consumer, hours(9));
  EXPECT_THAT(rising(), IsEmpty());
  EXPECT_THAT(told(before), ElementsAre(EventKind::TrendRose, EventKind::TrendOver));
  EXPECT_EQ(contract::kind_of(stores().trends().get(kept.id)), ErrorKind::NotFound);
}

TEST_P(TrendsConsumerTest, NothingRisesInTheFirstDays) {
  const auto consumer = this->consumer();
  publish_days(1);
  for (int i = 0; i < kBurst; ++i) publish("quake");
  follow(*consumer);
  EXPECT_FALSE(must(stores().trends().list()).is_warm);
  EXPECT_EQ(must(stores().trends().list()).since, *parse_rfc3339("2026-11-23T12:00:00Z"));
  EXPECT_THAT(rising(), IsEmpty());
}

TEST_P(TrendsConsumerTest, ARestartAtEveryStepLosesAndRepeatsNothing) {
  const EventSequence before = begin();
  settings_.checkpoint_articles = 4;
  for (int i = 0; i < kBurst; ++i) {
    publish("quake");
    for (int kills = 0; kills < 3; ++kills) follow(*consumer(), 1);
  }
  EXPECT_THAT(told(before), ElementsAre(EventKind::TrendRose));
  EXPECT_EQ(rising().size(), 1);
  for (int minute = 0; minute < 540; minute += 5) {
    world_.clock.advance(minutes(5));
    follow(*consumer(), 3);
  }
  EXPECT_THAT(rising(), IsEmpty());
  EXPECT_THAT(told(before), ElementsAre(EventKind::TrendRose, EventKind::TrendOver));
}

TEST_P(TrendsConsumerTest, AStoreThatFailsCostsAndRepeatsNothing) {
  const EventSequence before = begin();
  int replacements = 0;
  tests::StoresWithFaultyTrends faulty(stores(), {.before_replace = [&]() -> std::optional<Error> {
                                                    if (++replacements % 3 == 1)
                                                      return unavailable("the disk is full");
                                                    return std::nullopt;
                                                  },
                                                  .after_replace = [&]() -> std::optional<Error> {
                                                    if (replacements % 3 == 2)
                                                      return unavailable("the answer was lost");
                                                    return std::nullopt;
                                                  }});
  const auto consumer = this->consumer(faulty);
  for (int i = 0; i < kBurst; ++i) {
    publish("quake");
    for (int attempt = 0; attempt < 5; ++attempt) follow(*consumer);
  }
  EXPECT_GT(replacements, 5);
  EXPECT_EQ(rising().size(), 1);
  EXPECT_EQ(rising()[0].head.rise.count, 9) << "of an hour, each once";
  EXPECT_THAT(told(before), ElementsAre(EventKind::TrendRose));
}

TEST_P(TrendsConsumerTest, ProcessesThatTakeTurnsFindTheSame) {
  const EventSequence before = begin();
  const auto one = consumer(), other = consumer();
  for (int i = 0; i < kBurst; ++i) {
    publish("quake");
    follow(*(i % 2 == 0 ? one : other), i % 3 + 1);
    follow(*(i % 2 == 0 ? other : one));
    // Both find nothing to do, and that time went on.
    world_.clock.advance(minutes(2));
    follow(*one);
    follow(*other);
  }
  EXPECT_THAT(told(before), ElementsAre(EventKind::TrendRose));
  wait(*other, hours(9));
  follow(*one);
  EXPECT_THAT(told(before), ElementsAre(EventKind::TrendRose, EventKind::TrendOver));
}

TEST_P(TrendsConsumerTest, WithoutItsCheckpointItCountsTheLogAnew) {
  const EventSequence before = begin();
  auto consumer = this->consumer();
  for (int i = 0; i < kBurst; ++i) publish("quake");
  follow(*consumer);
  must(consumer->checkpoint());
  const TrendList kept = must(stores().trends().list());
  const std::string key = must(stores().trends().checkpoint()).key;
  const std::string bytes = must(world_.objects.get(key));
  const Object damaged{.key = key, .bytes = bytes.substr(0, bytes.size() / 2)};
  must(world_.objects.put({&damaged, 1}));
  consumer = this->consumer();
  publish("quake");
  follow(*consumer);
  must(world_.objects.remove(key));
  consumer = this->consumer();
  publish("quake");
  follow(*consumer);
  EXPECT_THAT(told(before), ElementsAre(EventKind::TrendRose));
  ASSERT_EQ(rising().size(), 1);
  // Without the last, whose minute is not over, and the first two, which the sketch has.
  EXPECT_EQ(rising()[0].head.rise.count, kBurst + 2 - 3);
  EXPECT_TRUE(must(stores().trends().list()).is_warm);
  EXPECT_EQ(must(stores().trends().list()).since, kept.since);
}

TEST_P(TrendsConsumerTest, OneCheckpointIsKept) {
  begin();
  const auto consumer = this->consumer();
  publish("quake");
  follow(*consumer);
  must(consumer->checkpoint());
  const ObjectPage page = must(world_.objects.list("trends/", "", 10));
  ASSERT_EQ(page.objects.size(), 1);
  EXPECT_EQ(page.objects[0].key, must(stores().trends().checkpoint()).key);
}

TEST_P(TrendsConsumerTest, WhatIsOldNewsOnceReadIsNotTold) {
  const EventSequence before = begin();
  for (int i = 0; i < kBurst; ++i) publish("quake");
  world_.clock.advance(hours(30));  // the server was off
  follow(*consumer());
  EXPECT_THAT(told(before), IsEmpty());
  EXPECT_THAT(rising(), IsEmpty());
}

TEST_P(TrendsConsumerTest, AStoryRisesWithItsArticles) {
  begin();
  const auto grouping = world_.consumer();
  world_.follow(*grouping);
  const auto consumer = this->consumer();
  for (int i = 0; i < kBurst; ++i) {
    const std::string name = fmt::format("s{}", i);
    world_.analyze(world_.publish(i, name, "en", "Quake shakes the town", World::text_of(1, i)),
                   "quake");
    world_.follow(*grouping);
    follow(*consumer);
  }
  ASSERT_EQ(rising().size(), 1);
  const Trend found = rising()[0];
  std::vector<TrendKind> kinds = {found.head.key.kind};
  for (const RisingKey& one : found.related) kinds.push_back(one.key.kind);
  EXPECT_THAT(kinds, testing::Contains(TrendKind::Story));
}

INSTANTIATE_TEST_SUITE_P(Stores, TrendsConsumerTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Sqlite" : "Memory"; });

}  // namespace
}  // namespace tidings::pipeline
