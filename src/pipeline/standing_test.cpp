#include "pipeline/standing.h"

#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/canonical.h"
#include "query/parse.h"
#include "tests/support/story_world.h"

namespace tidings::pipeline {
namespace {

using contract::must;
using testing::ElementsAre;
using testing::IsEmpty;

class StandingConsumerTest : public testing::TestWithParam<bool> {
 protected:
  StandingConsumerTest() : world_(GetParam()), searches_(world_.stores().saved_searches()) {}

  static SavedSearchText text(const std::string& query) {
    const Query parsed = query::canonical(must(query::parse_query(query, {})));
    return {.name = query, .query = query, .canonical = query::to_string(parsed)};
  }
  SavedSearchId save(const std::string& query) {
    return must(searches_.add(kLocalOwner, text(query))).id;
  }
  ArticleId publish(const std::string& name, const std::string& words) {
    const ArticleId id = world_.publish(0, name, "en", words, words);
    world_.analyze(id);
    return id;
  }
  // What a server does, from its start on; `steps` where it is killed soon.
  void follow(StandingConsumer& consumer, int steps = 1'000) {
    ConsumerRunner runner(consumer, world_.stores().events(), metrics_, {.batch_events_max = 3});
    while (steps-- > 0 && must(runner.step()) == ConsumerRunner::Step::Worked) {
    }
  }
  std::unique_ptr<StandingConsumer> consumer() {
    return std::make_unique<StandingConsumer>(world_.stores(), families_, metrics_);
  }
  std::vector<ArticleId> matching(SavedSearchId search) {
    std::vector<ArticleId> ids;
    for (const SearchMatch& match : must(searches_.matches(search, std::nullopt, 100)))
      ids.push_back(match.article_id);
    return ids;
  }

  World world_;
  SavedSearchStore& searches_;
  Metrics metrics_;
  const stories::PublisherFamilies families_ = stories::PublisherFamilies::shipped();
};

TEST_P(StandingConsumerTest, MatchesWhatIsAnalyzed) {
  const auto consumer = this->consumer();
  const SavedSearchId storms = save("storms -sea"), ruiz = save("entity:ruiz");
  const ArticleId storm = publish("a", "A storm is coming"), sea = publish("b", "A storm at sea");
  const ArticleId waits = world_.publish(0, "c", "en", "Another storm", "It storms.");
  follow(*consumer);
  EXPECT_THAT(matching(storms), ElementsAre(storm));
  EXPECT_THAT(matching(ruiz), ElementsAre(sea, storm));
  world_.analyze(waits);
  follow(*consumer);
  EXPECT_THAT(matching(storms), ElementsAre(waits, storm));
}

TEST_P(StandingConsumerTest, ChangesHoldForTheNextArticle) {
  const auto consumer = this->consumer();
  follow(*consumer);
  const SavedSearchId search = save("storm");
  const ArticleId first = publish("a", "A storm");
  follow(*consumer);
  EXPECT_THAT(matching(search), ElementsAre(first));
  must(searches_.set(search, text("calm")));
  publish("b", "A storm");
  const ArticleId calm = publish("c", "All is calm");
  follow(*consumer);
  EXPECT_THAT(matching(search), ElementsAre(calm));
  must(searches_.remove(search));
  publish("d", "All is calm");
  follow(*consumer);
  EXPECT_THAT(matching(search), IsEmpty());
}

TEST_P(StandingConsumerTest, WhatRestsMatchesNothing) {
  const auto consumer = this->consumer();
  const SavedSearchId search = save("storm");
  SavedSearchText resting = text("storm");
  resting.standing = false;
  must(searches_.set(search, resting));
  publish("a", "A storm");
  follow(*consumer);
  EXPECT_THAT(matching(search), IsEmpty());
}

TEST_P(StandingConsumerTest, AnArticleThatIsAnalyzedAgainMatchesOnce) {
  const auto consumer = this->consumer();
  const SavedSearchId search = save("storm");
  const ArticleId storm = publish("a", "A storm");
  follow(*consumer);
  world_.analyze(storm);
  follow(*consumer);
  EXPECT_THAT(matching(search), ElementsAre(storm));
  EXPECT_EQ(must(searches_.get(search)).unread, 1);
}

TEST_P(StandingConsumerTest, ARestartLosesAndRepeatsNothing) {
  const SavedSearchId storms = save("storm");
  std::vector<ArticleId> newest_first;
  for (int i = 0; i < 10; ++i)
    newest_first.insert(newest_first.begin(), publish("a" + std::to_string(i), "A storm"));
  const SavedSearchId gone = save("calm");
  must(searches_.remove(gone));
  for (int i = 0; i < 40; ++i) follow(*consumer(), 1);
  EXPECT_THAT(matching(storms), testing::ElementsAreArray(newest_first));
  EXPECT_EQ(must(searches_.get(storms)).unread, 10);
}

TEST_P(StandingConsumerTest, ProcessesThatTakeTurnsKnowOfAllChanges) {
  const auto one = consumer(), other = consumer();
  follow(*one);
  follow(*other);
  const SavedSearchId search = save("storm");
  follow(*one);  // takes the event of the change
  const ArticleId storm = publish("a", "A storm");
  follow(*other);
  EXPECT_THAT(matching(search), ElementsAre(storm));
  must(searches_.remove(search));
  const SavedSearchId calm = save("calm");
  follow(*other);
  const ArticleId quiet = publish("b", "All calm");
  follow(*one);
  EXPECT_THAT(matching(calm), ElementsAre(quiet));
}

INSTANTIATE_TEST_SUITE_P(Stores, StandingConsumerTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Sqlite" : "Memory"; });

}  // namespace
}  // namespace tidings::pipeline
