#include "pipeline/topic_learning.h"

#include <array>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "pipeline/analysis.h"

namespace tidings::pipeline {
namespace {

class TopicLearningTest : public testing::Test {
 protected:
  ArticleId add(const std::string& title, std::vector<std::string> tags) {
    NewArticle article;
    article.article.summary.title = title + " " + std::to_string(count_++);
    article.article.summary.language = "fi-FI";
    article.article.summary.categories = std::move(tags);
    article.article.summary.published = clock_.now();
    article.identity = hash128(article.article.summary.title);
    IngestBatch batch{.source_id = source_};
    batch.articles.push_back(article);
    return stores_.articles().ingest({&batch, 1}).value()[0].added.at(0);
  }

  void add_news() {
    for (int i = 0; i < 30; ++i) {
      add("Joukkue voitti ottelun", {"Sport"});
      add("Pankki nosti korkoa", {"Economy"});
      add("Hallitus kaatui", {"Politics"});
    }
  }

  ManualClock clock_{*parse_rfc3339("2026-11-23T12:00:00Z")};
  memory::MemoryStores stores_{clock_};
  memory::MemoryObjectStore objects_{clock_};
  LearnedTopicTable table_;
  TopicLearning learning_{stores_.articles(), objects_, table_, {.pause = {}}};
  SourceId source_ = stores_.sources()
                         .add(std::array{SourceSettings{.url = "https://example.org/feed"}})
                         .value()[0]
                         .id;
  int count_ = 0;
};

TEST_F(TopicLearningTest, GivesTopicsToArticlesWithoutTags) {
  add_news();
  ASSERT_TRUE(learning_.learn_and_keep({}));
  const ArticleId untagged = add("Toinen joukkue voitti", {});
  Metrics metrics;
  BatchWorkers workers(1, 0);
  AnalyzerFailures failures(metrics, clock_);
  AnalyzeConsumer consumer(stores_.articles(), stores_.analyses(), workers, failures, &table_);
  ConsumerRunner runner(consumer, stores_.events(), metrics);
  while (runner.step().value() != ConsumerRunner::Step::Idle) {
  }
  const Analysis found = stores_.analyses().get(untagged).value().analysis;
  ASSERT_FALSE(found.topics.empty());
  EXPECT_EQ(found.topics.front().label, "sport");
  EXPECT_THAT(found.topics.front().evidence,
              testing::Contains(testing::Field(&Evidence::text, "joukkue")));
}

TEST_F(TopicLearningTest, KeepsWhatItLearnedForTheNextStart) {
  add_news();
  const auto learned = learning_.learn_and_keep({});
  ASSERT_TRUE(learned);
  LearnedTopicTable next;
  EXPECT_EQ(next.get(), nullptr);
  ASSERT_TRUE(next.load(objects_));
  ASSERT_NE(next.get(), nullptr);
  EXPECT_EQ(next.get()->feature_count(), learned->terms.size());
}

TEST_F(TopicLearningTest, KeepsWhatItHadWhereThereIsNothingToLearn) {
  add("Joukkue voitti ottelun", {"Sport"});
  ASSERT_TRUE(learning_.learn_and_keep({}));
  EXPECT_EQ(table_.get(), nullptr);
  EXPECT_TRUE(table_.load(objects_));
  EXPECT_EQ(objects_.get(kLearnedTopicsKey).error().kind, ErrorKind::NotFound);
}

TEST_F(TopicLearningTest, StopsWhenItIsAskedTo) {
  add_news();
  std::stop_source stop;
  stop.request_stop();
  ASSERT_TRUE(learning_.learn_and_keep(stop.get_token()));
  EXPECT_EQ(table_.get(), nullptr);
  learning_.run(stop.get_token());
}

TEST_F(TopicLearningTest, RefusesADamagedTableAndKeepsTheOneBefore) {
  add_news();
  ASSERT_TRUE(learning_.learn_and_keep({}));
  const auto before = table_.get();
  EXPECT_EQ(table_.set("no table").error().kind, ErrorKind::Corrupt);
  const std::array<analyze::TableTopic, 1> other = {{{.code = 1, .parent = 0, .label = "other"}}};
  EXPECT_EQ(table_.set(analyze::TopicTable::write(other, {})).error().kind, ErrorKind::Corrupt);
  EXPECT_EQ(table_.get(), before);
}

}  // namespace
}  // namespace tidings::pipeline
