#include "pipeline/retention.h"

#include <gtest/gtest.h>

#include "adapters/faulty/faulty_stores.h"
#include "adapters/memory/memory_stores.h"
#include "pipeline/raw_objects.h"
#include "pipeline/refresh.h"

namespace tidings::pipeline {
namespace {

using std::chrono::days;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

class RetentionTest : public testing::Test {
 protected:
  void put_raw(int days_ago, std::size_t size_bytes) {
    const std::string key =
        raw_object(SourceId(days_ago % 3 + 1), std::to_string(days_ago), kNow - days(days_ago)).key;
    const Object object{key, std::string(size_bytes, 'x')};
    ASSERT_TRUE(objects_.put({&object, 1}));
  }

  std::size_t raw_count() { return objects_.list("raw/", "", 1000).value().objects.size(); }

  RetentionReport sweep(RetentionSettings settings) {
    Retention retention(stores_.articles(), stores_.events(), stores_.rollups(), objects_, metrics_,
                        clock_, settings);
    return retention.sweep({}).value();
  }

  ArticleId add_article(const std::string& title) {
    const SourceSettings settings{.url = "https://example.org/feed"};
    const SourceId source = stores_.sources().add({&settings, 1}).value()[0].id;
    IngestBatch batch{.source_id = source};
    batch.articles.resize(1);
    batch.articles[0].article.summary.title = title;
    batch.articles[0].article.body.content_html = "<p>" + title + "</p>";
    batch.articles[0].identity = hash128(title);
    return stores_.articles().ingest({&batch, 1}).value()[0].added.at(0);
  }

  ManualClock clock_{kNow};
  memory::MemoryStores stores_{clock_};
  memory::MemoryObjectStore objects_{clock_};
  Metrics metrics_;
};

TEST_F(RetentionTest, RawPayloadsGoByAge) {
  for (int age = 0; age < 10; ++age) put_raw(age, 100);
  const RetentionReport report = sweep({.raw_age_max = days(4)});
  EXPECT_EQ(report.raw_objects, 5);
  EXPECT_EQ(report.raw_bytes, 500);
  EXPECT_EQ(raw_count(), 5u);
}

TEST_F(RetentionTest, RawPayloadsGoOldestFirstWhenTheyAreTooMuch) {
  for (int age = 0; age < 10; ++age) put_raw(age, 100);
  sweep({.raw_age_max = {}, .raw_bytes_max = 350});
  const auto left = objects_.list("raw/", "", 100).value().objects;
  EXPECT_EQ(left.size(), 3u);
  for (const ObjectInfo& object : left)
    EXPECT_GE(*raw_object_day(object.key), std::chrono::floor<days>(kNow) - days(2));
}

TEST_F(RetentionTest, ArticlesGoByAgeButNeverWhatIsKept) {
  const ArticleId old = add_article("old");
  const ArticleId kept = add_article("kept");
  ASSERT_TRUE(stores_.articles().set_kept(kept, true));
  clock_.advance(days(40));
  const ArticleId young = add_article("young");
  const RetentionReport report = sweep({.body_age_max = days(10), .article_age_max = days(30)});
  EXPECT_EQ(report.articles, 1);
  EXPECT_EQ(stores_.articles().get(old).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(stores_.articles().get(kept).value().body.content_html, "<p>kept</p>");
  EXPECT_TRUE(stores_.articles().get(young));
}

TEST_F(RetentionTest, BodiesGoBeforeArticles) {
  const ArticleId old = add_article("old");
  clock_.advance(days(40));
  EXPECT_EQ(sweep({.body_age_max = days(30)}).bodies, 1);
  EXPECT_EQ(stores_.articles().get(old).value().summary.title, "old");
  EXPECT_EQ(stores_.articles().get(old).value().body.content_html, "");
}

TEST_F(RetentionTest, ALowDiskLosesOldPayloadsAndBodiesNoLongerGrow) {
  std::int64_t free_bytes = 700;
  faulty::FaultyObjectStore low(objects_, {.free_bytes = [&] { return free_bytes; }});
  Retention retention(stores_.articles(), stores_.events(), stores_.rollups(), low, metrics_,
                      clock_, {.disk_free_bytes_min = 1'000});
  for (int age = 0; age < 10; ++age) put_raw(age, 100);
  const ArticleId first = add_article("one");
  RetentionReport report = retention.sweep({}).value();
  EXPECT_EQ(report.raw_bytes, 300);
  EXPECT_EQ(report.bodies, 0);

  const ArticleId second = add_article("two");
  report = retention.sweep({}).value();
  EXPECT_EQ(report.bodies, 1);
  EXPECT_EQ(stores_.articles().get(first).value().body.content_html, "");

  free_bytes = 2'000;
  const ArticleId third = add_article("six");
  EXPECT_EQ(retention.sweep({}).value().bodies, 0);
  for (const ArticleId id : {second, third}) {
    EXPECT_NE(stores_.articles().get(id).value().body.content_html, "");
  }
}

TEST_F(RetentionTest, EventsStayUntilEveryConsumerReadThem) {
  add_article("one");
  ASSERT_TRUE(stores_.events().advance(
      {.consumer = "slow", .from = EventSequence(0), .to = EventSequence(1)}));
  clock_.advance(days(60));
  EXPECT_EQ(sweep({.event_age_max = days(30)}).events, 1);
  EXPECT_EQ(stores_.events().oldest().value(), EventSequence(2));
}

TEST_F(RetentionTest, RollupsOfOldDaysBecomeCoarser) {
  const Time published = std::chrono::floor<days>(kNow) + std::chrono::hours(5);
  const RolledArticle article{.article_id = add_article("one"),
                              .published = published,
                              .values = {{Dimension::Entity, "e", "e", "E"}}};
  ASSERT_TRUE(stores_.rollups().apply({.articles = {&article, 1}}, {.consumer = "counts"}));
  const auto entities = [&](Time since) {
    const std::array<Time, 2> boundaries = {since, published + std::chrono::hours(1)};
    return stores_.rollups().top(Dimension::Entity, boundaries, 10).value().size();
  };
  EXPECT_EQ(sweep({}).rollup_rows, 0);
  EXPECT_EQ(entities(published), 1u);
  clock_.advance(days(32));
  EXPECT_EQ(sweep({}).rollup_rows, 1);
  EXPECT_EQ(entities(published), 0u);
  EXPECT_EQ(entities(std::chrono::floor<days>(published)), 1u);
  clock_.advance(days(335));
  EXPECT_EQ(sweep({}).rollup_rows, 1);
  EXPECT_EQ(entities(std::chrono::floor<days>(published)), 0u);
}

TEST_F(RetentionTest, ReportsWhatWentAsMetrics) {
  put_raw(90, 100);
  sweep({});
  EXPECT_NE(metrics_.render().find("tidings_retention_removed_total{kind=\"raw\"} 1"),
            std::string::npos);
}

}  // namespace
}  // namespace tidings::pipeline
