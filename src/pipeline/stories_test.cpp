#include "pipeline/stories.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/story_world.h"

namespace tidings::pipeline {
namespace {

using contract::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class StoriesConsumerTest : public testing::TestWithParam<bool> {
 protected:
  std::unique_ptr<World> world() { return std::make_unique<World>(GetParam()); }

  // What one consumer that is never interrupted finds.
  std::map<std::size_t, std::string> expected() {
    const auto reference = world();
    const auto ids = reference->publish_all();
    const auto consumer = reference->consumer();
    reference->follow(*consumer);
    return reference->places(ids);
  }
};

TEST_P(StoriesConsumerTest, GroupsWhatTellsOfOneEventAndKnowsCopies) {
  const auto w = world();
  const auto ids = w->publish_all();
  const auto consumer = w->consumer();
  w->follow(*consumer);
  const auto page = must(w->stores().stories().find({.limit = 500}));
  EXPECT_EQ(page.stories.size(), static_cast<std::size_t>(kHappenings));
  for (const Story& story : page.stories) {
    EXPECT_EQ(story.articles, kRounds);
    EXPECT_EQ(story.copies, 1);
    EXPECT_EQ(story.publishers, 3);
    EXPECT_EQ(story.language, "en");
    EXPECT_EQ(story.tones.negative, kRounds);
    EXPECT_EQ(story.entities.at(0).id, "Ana Ruiz");
    EXPECT_GT(story.rank_key, story.updated_at);
  }
  const StoryPlacement last = must(w->stores().stories().placements(std::vector{ids.back()}))[0];
  EXPECT_EQ(last.place.story_id, StoryId(to_int(ids[kHappenings - 1])));
  EXPECT_THAT(last.place.evidence.at(0).text, testing::EndsWith("11"));
  EXPECT_EQ(last.place.publisher, "paper0.example");
}

TEST_P(StoriesConsumerTest, TellsOfEachStoryOnceABatch) {
  const auto w = world();
  const auto consumer = w->consumer();
  w->follow(*consumer);
  const ArticleId a = w->publish(0, 0), b = w->publish(0, 1), c = w->publish(1, 0);
  for (const ArticleId id : {a, b, c}) w->analyze(id);
  EventSequence before = must(w->stores().events().head());
  w->follow(*consumer, 100);
  EXPECT_THAT(w->told_since(before), ElementsAre(EventKind::StoryOpened, EventKind::StoryOpened));
  const ArticleId d = w->publish(0, 2);
  w->analyze(d);
  before = must(w->stores().events().head());
  w->follow(*consumer, 100);
  EXPECT_THAT(w->told_since(before), ElementsAre(EventKind::StoryUpdated));
}

TEST_P(StoriesConsumerTest, ARestartAtAnyPointGivesTheSameStories) {
  const auto right = expected();
  ASSERT_EQ(right.size(), static_cast<std::size_t>(kHappenings * kRounds));
  for (const int steps : {1, 3, 10}) {
    for (const std::int64_t checkpoint_every : {std::int64_t{9}, std::int64_t{1'000'000}}) {
      const auto w = world();
      const auto ids = w->publish_all();
      for (int restart = 0; restart < 60; ++restart) {
        // Never told to stop: what it had in memory is gone.
        const auto killed = w->consumer({.journal_articles_max = checkpoint_every});
        w->follow(*killed, 7, steps);
      }
      const auto last = w->consumer();
      w->follow(*last);
      EXPECT_EQ(w->places(ids), right) << steps << " steps, checkpoints every " << checkpoint_every;
    }
  }
}

TEST_P(StoriesConsumerTest, WhatWasEditedOrDeletedMeanwhileDoesNotChangeTheRest) {
  std::map<std::size_t, std::string> right;
  for (const bool is_killed : {false, true}) {
    const auto w = world();
    auto consumer = w->consumer();
    std::vector<ArticleId> ids;
    for (int round = 0; round < kRounds; ++round) {
      for (int happening = 0; happening < kHappenings; ++happening) {
        ids.push_back(w->publish(happening, round));
        w->analyze(ids.back());
      }
      w->follow(*consumer);
      if (round != 1) continue;
      for (std::size_t i = 0; i < 5; ++i) must(w->stores().articles().remove(ids[i]));
      for (std::size_t i = 5; i < 20; ++i) w->analyze(ids[i], "Another One");
      w->follow(*consumer);
      if (is_killed) consumer = w->consumer();
    }
    if (is_killed) {
      EXPECT_EQ(w->places(ids), right);
    } else {
      right = w->places(ids);
      EXPECT_EQ(right.size(), ids.size() - 5);
    }
  }
}

TEST_P(StoriesConsumerTest, AnalyzedAgainItIsNotGroupedAgain) {
  const auto w = world();
  const auto ids = w->publish_all();
  const auto consumer = w->consumer();
  w->follow(*consumer);
  const auto before = w->places(ids);
  w->analyze(ids[0], "Bela Kun");
  w->follow(*consumer);
  EXPECT_EQ(w->places(ids), before);
  const Story story = must(w->stores().stories().get(StoryId(to_int(ids[0]))));
  EXPECT_EQ(story.articles, kRounds);
  EXPECT_EQ(story.entities.size(), 2u);
}

TEST_P(StoriesConsumerTest, DeletedArticlesLeaveAndEmptyStoriesGo) {
  const auto w = world();
  const auto consumer = w->consumer();
  const ArticleId a = w->publish(0, 0), b = w->publish(0, 1);
  w->analyze(a);
  w->analyze(b);
  w->follow(*consumer);
  const StoryId story{to_int(a)};
  EXPECT_EQ(must(w->stores().stories().get(story)).articles, 2);
  must(w->stores().articles().remove(a));
  w->follow(*consumer);
  const Story left = must(w->stores().stories().get(story));
  EXPECT_EQ(left.articles, 1);
  EXPECT_EQ(left.headline_article, b);
  const EventSequence before = must(w->stores().events().head());
  must(w->stores().articles().remove(b));
  w->follow(*consumer);
  EXPECT_THAT(w->told_since(before),
              ElementsAre(EventKind::ArticleDeleted, EventKind::StoryRemoved));
  EXPECT_THAT(must(w->stores().stories().find({})).stories, IsEmpty());
  EXPECT_THAT(must(w->stores().stories().placements(std::vector{a, b})), IsEmpty());
}

TEST_P(StoriesConsumerTest, MadeAnewTheyAreWhatTheyWere) {
  const auto right = expected();
  const auto w = world();
  const auto ids = w->publish_all();
  auto consumer = w->consumer();
  w->follow(*consumer);
  const auto before = must(w->stores().stories().find({.limit = 500})).stories;
  must(consumer->begin_rebuild());
  while (must(consumer->backfill_step())) {
    consumer = w->consumer({.journal_articles_max = 20});  // killed after each step
  }
  EXPECT_EQ(w->places(ids), right);
  EXPECT_EQ(must(w->stores().stories().find({.limit = 500})).stories, before);
  // It goes on with what comes.
  const ArticleId later = w->publish(3, 9);
  w->analyze(later);
  w->follow(*consumer);
  EXPECT_EQ(must(w->stores().stories().placements(std::vector{later}))[0].place.story_id,
            StoryId(to_int(ids[3])));
}

TEST_P(StoriesConsumerTest, ADatabaseFromBeforeIsMadeUpForThoughItsLogIsTrimmed) {
  const auto right = expected();
  const auto w = world();
  const auto ids = w->publish_all();
  must(w->stores().events().advance(
      {.consumer = "analyze", .to = must(w->stores().events().head())}));
  must(w->stores().events().trim(w->clock.now() + std::chrono::hours(1), 100'000));
  const ArticleId added = w->publish(0, 9);
  const auto consumer = w->consumer();
  w->follow(*consumer);
  EXPECT_EQ(w->places(ids), right);
  w->analyze(added);
  w->follow(*consumer);
  EXPECT_EQ(must(w->stores().stories().placements(std::vector{added})).size(), 1u);
}

TEST_P(StoriesConsumerTest, ADamagedOrLostCheckpointIsMadeUpFor) {
  const auto right = expected();
  for (const bool is_lost : {false, true}) {
    const auto w = world();
    const auto ids = w->publish_all();
    {
      const auto consumer = w->consumer();
      w->follow(*consumer);
      must(consumer->checkpoint());
    }
    const std::string key = must(w->stores().stories().state()).checkpoint;
    const Object damaged{.key = key, .bytes = must(w->objects.get(key)).substr(0, 1000)};
    must(is_lost ? w->objects.remove(key) : w->objects.put({&damaged, 1}));
    std::vector<std::string> lines;
    log::set_sink([&lines](std::string_view line) { lines.emplace_back(line); });
    const auto consumer = w->consumer();
    const ArticleId later = w->publish(1, 9);
    w->analyze(later);
    w->follow(*consumer);
    log::set_sink({});
    EXPECT_THAT(lines, ElementsAre(HasSubstr("stories.state_lost")));
    auto found = w->places(ids);
    EXPECT_EQ(found.size(), right.size());
    EXPECT_EQ(found[0], right.at(0));
    EXPECT_EQ(must(w->stores().stories().placements(std::vector{later})).size(), 1u);
  }
}

TEST_P(StoriesConsumerTest, OneCheckpointIsKeptAndTheJournalEndsAtIt) {
  const auto w = world();
  w->publish_all();
  const auto consumer = w->consumer({.journal_articles_max = 10});
  w->follow(*consumer);
  EXPECT_EQ(must(w->objects.list("stories/", "", 10)).objects.size(), 1u);
  EXPECT_LT(must(w->stores().stories().state()).journal_articles, 10);
  must(consumer->checkpoint());
  EXPECT_EQ(must(w->stores().stories().state()).journal_articles, 0);
  EXPECT_THAT(must(w->stores().stories().journal(0, 10)), IsEmpty());
  EXPECT_EQ(must(w->objects.list("stories/", "", 10)).objects.size(), 1u);
}

TEST_P(StoriesConsumerTest, TwoProcessesTakeTurnsWithoutHarm) {
  const auto right = expected();
  const auto w = world();
  const auto ids = w->publish_all();
  const auto one = w->consumer({.owner = "one"}), other = w->consumer({.owner = "other"});
  w->follow(*one, 7, 2);
  w->clock.advance(std::chrono::minutes(1));  // a lease of what it began is over
  for (int turn = 0; turn < 40; ++turn) w->follow(turn % 2 == 0 ? *one : *other, 7, 2);
  EXPECT_EQ(w->places(ids), right);
}

TEST_P(StoriesConsumerTest, WhileAnotherMakesThemAnewItWaits) {
  const auto w = world();
  w->publish_all();
  const auto one = w->consumer({.owner = "one"}), other = w->consumer({.owner = "other"});
  w->follow(*one);
  must(one->begin_rebuild());
  EXPECT_TRUE(must(one->backfill_step()));
  EXPECT_EQ(contract::kind_of(other->backfill_step()), ErrorKind::Unavailable);
  w->clock.advance(std::chrono::minutes(1));
  while (must(other->backfill_step())) {
  }
  EXPECT_EQ(other->backfilled(), kHappenings * kRounds);
  EXPECT_FALSE(must(other->backfill_step()));
}

TEST_P(StoriesConsumerTest, WhoSawABackfillBeginHarmsNothingOnceItHasEnded) {
  const auto right = expected();
  const auto w = world();
  const auto ids = w->publish_all();
  const auto one = w->consumer({.owner = "one"}), other = w->consumer({.owner = "other"});
  must(one->backfill_step());
  EXPECT_EQ(contract::kind_of(other->backfill_step()), ErrorKind::Unavailable);
  while (must(one->backfill_step())) {
  }
  EXPECT_EQ(contract::kind_of(other->backfill_step()), ErrorKind::Conflict);
  EXPECT_FALSE(must(other->backfill_step()));
  EXPECT_EQ(w->places(ids), right);
}

TEST_P(StoriesConsumerTest, CorrectionsHoldAlsoAfterARestartAndARebuild) {
  const auto w = world();
  const auto ids = w->publish_all();
  auto consumer = w->consumer();
  w->follow(*consumer);
  StoryStore& stories = w->stores().stories();
  const auto story_of = [&](std::size_t article) {
    return must(stories.placements(std::vector{ids[article]})).at(0).place.story_id;
  };
  const std::size_t n = kHappenings;
  const StoryId first = story_of(0), second = story_of(1), third = story_of(2);
  must(stories.correct({.kind = StoryCorrectionKind::Merge, .story = first, .other = second}));
  must(stories.correct({.kind = StoryCorrectionKind::Split,
                        .story = third,
                        .articles = {ids[2 + n], ids[2 + 2 * n]}}));
  must(stories.correct({.kind = StoryCorrectionKind::Remove,
                        .story = story_of(3),
                        .articles = {ids[3 + n], ids[3 + 4 * n]}}));
  // Its name stays with the article that it is named after: the others leave.
  must(stories.correct({.kind = StoryCorrectionKind::Remove,
                        .story = StoryId(to_int(ids[4])),
                        .articles = {ids[4]}}));
  must(stories.correct({.kind = StoryCorrectionKind::Merge, .story = StoryId(7), .other = first}));
  w->follow(*consumer);
  const auto expect_corrected = [&] {
    EXPECT_EQ(story_of(0), story_of(1));
    EXPECT_EQ(must(stories.get(story_of(0))).articles, 2 * kRounds);
    EXPECT_EQ(story_of(2 + n), StoryId(to_int(ids[2 + n])));
    EXPECT_EQ(story_of(2 + 2 * n), story_of(2 + n));
    EXPECT_EQ(story_of(2), third);
    EXPECT_EQ(must(stories.get(third)).articles, kRounds - 2);
    EXPECT_EQ(story_of(3 + n), StoryId(to_int(ids[3 + n])));
    EXPECT_EQ(story_of(3 + 4 * n), StoryId(to_int(ids[3 + 4 * n])));
    EXPECT_EQ(must(stories.get(story_of(4))).articles, 1);
    EXPECT_EQ(must(stories.get(story_of(4 + n))).articles, kRounds - 1);
  };
  expect_corrected();
  EXPECT_EQ(must(stories.merged_into(story_of(0) == first ? second : first)), story_of(0));
  consumer = w->consumer();  // killed
  const ArticleId later = w->publish(1, 9);
  w->analyze(later);
  w->follow(*consumer);
  EXPECT_EQ(must(stories.placements(std::vector{later})).at(0).place.story_id, story_of(0));
  must(w->stores().articles().remove(later));
  w->follow(*consumer);
  expect_corrected();
  must(consumer->begin_rebuild());
  while (must(consumer->backfill_step())) {
  }
  expect_corrected();
}

INSTANTIATE_TEST_SUITE_P(OnEachStore, StoriesConsumerTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "sqlite" : "memory"; });

}  // namespace
}  // namespace tidings::pipeline
