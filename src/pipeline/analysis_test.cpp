#include "pipeline/analysis.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "analyze/analyze.h"

namespace tidings::pipeline {
namespace {

class AnalyzeConsumerTest : public testing::Test {
 protected:
  ArticleId add(const std::string& name, const std::string& text) {
    NewArticle article;
    article.article.summary.title = name;
    article.article.summary.published = clock_.now();
    article.article.body.text = text;
    article.identity = hash128(name);
    article.content_hash = hash64(text);
    IngestBatch batch{.source_id = source_};
    batch.articles.push_back(article);
    const IngestOutcome outcome = stores_.articles().ingest({&batch, 1}).value()[0];
    return outcome.added.empty() ? outcome.edited[0] : outcome.added[0];
  }

  void run_until_idle() {
    ConsumerRunner runner(consumer_, stores_.events(), metrics_);
    while (true) {
      const auto step = runner.step();
      ASSERT_TRUE(step) << step.error().message;
      if (*step == ConsumerRunner::Step::Idle) return;
    }
  }

  std::int32_t words_of(ArticleId id) { return stores_.analyses().get(id).value().analysis.words; }

  ManualClock clock_{*parse_rfc3339("2026-11-23T12:00:00Z")};
  memory::MemoryStores stores_{clock_};
  Metrics metrics_;
  BatchWorkers workers_{2, 0};
  AnalyzerFailures failures_{metrics_, clock_};
  AnalyzeConsumer consumer_{stores_.articles(), stores_.analyses(), workers_, failures_};
  SourceId source_ = stores_.sources()
                         .add(std::array{SourceSettings{.url = "https://example.org/feed"}})
                         .value()[0]
                         .id;
};

TEST_F(AnalyzeConsumerTest, AnalyzesWhatIsNewAndWhatWasEdited) {
  const ArticleId id = add("Trams", "They run again.");
  run_until_idle();
  EXPECT_EQ(words_of(id), 4);
  EXPECT_EQ(add("Trams", "They run again, at last."), id);
  run_until_idle();
  EXPECT_EQ(words_of(id), 6);
  EXPECT_EQ(stores_.analyses().get(id).value().revision, 2);
}

TEST_F(AnalyzeConsumerTest, PassesOverWhatIsGone) {
  const ArticleId gone = add("Gone", "Nobody knows."), kept = add("Kept", "All is known.");
  ASSERT_TRUE(stores_.articles().remove(gone));
  run_until_idle();
  EXPECT_EQ(words_of(kept), 4);
}

TEST_F(AnalyzeConsumerTest, TakesABatchUpAgainThatWasStopped) {
  const ArticleId id = add("Trams", "They run again.");
  BatchWorkers stopped(2, 0);
  stopped.request_stop();
  AnalyzeConsumer interrupted(stores_.articles(), stores_.analyses(), stopped, failures_);
  ConsumerRunner runner(interrupted, stores_.events(), metrics_);
  const auto step = runner.step();
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().kind, ErrorKind::Unavailable);
  EXPECT_FALSE(stores_.analyses().get(id));
  run_until_idle();
  EXPECT_EQ(words_of(id), 4);
}

TEST_F(AnalyzeConsumerTest, AnalyzesManyInTheOrderOfTheLog) {
  std::vector<ArticleId> ids;
  for (int i = 0; i < 50; ++i) ids.push_back(add("Trams " + std::to_string(i), "They run again."));
  const EventSequence before = stores_.events().head().value();
  run_until_idle();
  std::vector<ArticleId> told;
  const std::vector<Event> events = stores_.events().read(before, 1000).value();
  for (const Event& event : events) told.push_back(ArticleId(event.subject));
  EXPECT_EQ(told, ids);
}

TEST_F(AnalyzeConsumerTest, ReanalysisTakesWhatOlderAnalyzersSawAndEnds) {
  const ArticleId old = add("Old", "Seen before."), fresh = add("Fresh", "Never seen.");
  const AnalyzedArticle before{.article_id = old, .analyzers = analyze::kAnalyzers - 1};
  ASSERT_TRUE(stores_.analyses().save({&before, 1}, nullptr));
  Reanalysis work(stores_.articles(), stores_.analyses(), workers_, analyze::kAnalyzers);
  EXPECT_EQ(work.step().value(), 2u);
  EXPECT_EQ(work.step().value(), 0u);
  EXPECT_EQ(words_of(old), 3);
  EXPECT_EQ(words_of(fresh), 3);
  Reanalysis again(stores_.articles(), stores_.analyses(), workers_, analyze::kAnalyzers);
  EXPECT_EQ(again.step().value(), 0u);
}

}  // namespace
}  // namespace tidings::pipeline
