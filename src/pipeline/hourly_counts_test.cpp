#include "pipeline/hourly_counts.h"

#include <map>
#include <memory>
#include <random>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "adapters/sqlite/sqlite_stores.h"
#include "core/log.h"
#include "pipeline/rolled_articles.h"
#include "query/values.h"
#include "tests/contract/contract.h"
#include "tests/contract/temporary_folder.h"
#include "tests/support/search_of_stores.h"

namespace tidings::pipeline {
namespace {

using contract::must;

constexpr int kHours = 100;  // that articles are published in
constexpr std::size_t kSources = 3;
constexpr std::array kLanguages = {"", "en", "de", "pt-BR"};
constexpr std::array kCountries = {"GB", "FR", ""};
constexpr std::array kTopics = {"medtop:20000065", "medtop:04000000", "medtop:15000000",
                                "medtop:20000082"};
constexpr std::array kEntities = {"00af", "17bc", "8d2e", "99ff"};
constexpr std::array kPlaces = {"Paris", "Rio de Janeiro", "Köln"};

// By name, the counts of every hour.
using Rolled = std::map<std::pair<std::string, std::string>, std::vector<Bucket>>;

// Articles that come, change and go as a seed has it.
class HourlyCountsTest : public testing::TestWithParam<bool> {
 protected:
  HourlyCountsTest() {
    log::set_level(log::Level::Error);
    if (GetParam()) {
      disk_ = must(sqlite::open_sqlite({.path = folder_.path() + "/tidings.db"}, clock_));
    } else {
      memory_ = std::make_unique<memory::MemoryStores>(clock_);
    }
    for (std::size_t i = 0; i < kSources; ++i) {
      const SourceSettings settings{.url = fmt::format("https://paper{}.example/feed", i)};
      sources_.push_back(must(stores().sources().add({&settings, 1}))[0].id);
    }
    for (int hour = 0; hour <= kHours; ++hour)
      boundaries_.push_back(kFirst + std::chrono::hours(hour));
  }

  Stores& stores() { return disk_ ? *disk_ : *memory_; }
  int pick(std::size_t count) { return static_cast<int>(random_() % count); }
  template <class List>
  std::string one_of(const List& list) {
    return std::string(list[static_cast<std::size_t>(pick(list.size()))]);
  }

  void publish(int number, int form) {
    const Time published = kFirst + std::chrono::minutes((number * 977) % (kHours * 60));
    NewArticle article = contract::new_article(fmt::format("article {}", number), published);
    article.content_hash = hash64(fmt::format("{} {}", number, form));
    ArticleSummary& summary = article.article.summary;
    summary.url = fmt::format("https://paper{}.example/{}", number % 4, number);
    summary.language = one_of(kLanguages);
    summary.country = one_of(kCountries);
    IngestBatch batch{.source_id = sources_[static_cast<std::size_t>(number) % kSources]};
    batch.articles.push_back(std::move(article));
    must(stores().articles().ingest({&batch, 1}));
  }

  void analyze(ArticleId id) {
    const ArticleSummary article = must(stores().articles().get(id)).summary;
    AnalyzedArticle found{.article_id = id, .revision = article.revision, .analyzers = 1};
    Analysis& analysis = found.analysis;
    analysis.language.code = pick(2) == 0 ? "und" : "en";
    for (int i = pick(3); i > 0; --i) analysis.topics.push_back({.code = one_of(kTopics)});
    std::set<std::string> entities;
    for (int i = pick(4); i > 0; --i) entities.insert(one_of(kEntities));
    for (const std::string& entity : entities)
      analysis.entities.push_back(
          {.id = entity, .text = "Name of " + entity, .salience = pick(4) == 0 ? 0.01 : 0.2});
    for (int i = pick(3); i > 0; --i) analysis.places.push_back({.name = one_of(kPlaces)});
    for (int i = pick(2); i > 0; --i) analysis.countries.push_back({.code = "DE"});
    if (pick(3) != 0) analysis.sentiment = Sentiment{.score = (pick(201) - 100) / 100.0};
    must(stores().analyses().save({&found, 1}, nullptr));
  }

  std::vector<ArticleId> ids() { return must(stores().articles().ids(ArticleId{}, 10'000)); }

  void change_something() {
    clock_.advance(std::chrono::minutes(1));
    const std::vector<ArticleId> there = ids();
    const int what = pick(10);
    if (there.size() < 5 || what < 4) {
      publish(next_++, 0);
    } else if (what < 7) {
      analyze(there[static_cast<std::size_t>(pick(there.size()))]);
    } else if (what < 9) {
      publish(pick(static_cast<std::size_t>(next_)), pick(100));
    } else {
      must(stores().articles().remove(there[static_cast<std::size_t>(pick(there.size()))]));
    }
  }

  // What a server does, from its start on; `steps` where it is killed soon.
  void follow(int steps = 10'000) {
    HourlyCounts counts(stores(), families_);
    ConsumerRunner runner(counts, stores().events(), metrics_, {.batch_events_max = 7});
    while (steps-- > 0 && must(runner.step()) == ConsumerRunner::Step::Worked) {
    }
  }

  void retain(std::size_t articles) {
    const std::vector<ArticleId> before = ids();
    if (before.size() <= articles) return;
    follow();
    for (RolledArticle& one : must(rolled_articles(stores(), families_, before)))
      gone_.push_back(std::move(one));
    must(
        stores().articles().apply_retention({.articles_max = static_cast<std::int64_t>(articles)}));
    const std::vector<ArticleId> after = ids();
    const std::set<ArticleId> kept(after.begin(), after.end());
    std::erase_if(gone_, [&](const RolledArticle& one) { return kept.contains(one.article_id); });
  }

  // Counted one article after the other.
  Rolled expected() {
    Rolled rolled;
    std::vector<RolledArticle> all = must(rolled_articles(stores(), families_, ids()));
    all.insert(all.end(), gone_.begin(), gone_.end());
    for (const RolledArticle& article : all) {
      const auto hour = static_cast<std::size_t>(
          std::chrono::floor<std::chrono::hours>(article.published - kFirst).count());
      const auto add = [&](const std::string& dimension, const std::string& name) {
        std::vector<Bucket>& buckets = rolled[{dimension, name}];
        buckets.resize(kHours);
        ++buckets[hour].articles;
        buckets[hour].toned += article.sentiment ? 1 : 0;
        buckets[hour].tone_sum += article.sentiment.value_or(0);
      };
      add("all", "");
      for (const RolledValue& value : article.values)
        add(std::string(to_string(value.dimension)), value.name);
    }
    return rolled;
  }

  Rolled counted() {
    Rolled rolled;
    rolled[{"all", ""}] = must(stores().rollups().series(std::nullopt, "", boundaries_));
    for (std::size_t i = 0; i < kDimensions; ++i) {
      const auto dimension = static_cast<Dimension>(i);
      for (NamedCounts& one : must(stores().rollups().top(dimension, boundaries_, 100)))
        rolled[{std::string(to_string(dimension)), one.name}] = std::move(one.buckets);
    }
    return rolled;
  }

  const Time kFirst = *parse_rfc3339("2026-11-01T00:00:00Z");
  ManualClock clock_{*parse_rfc3339("2026-11-23T12:00:00Z")};
  const stories::PublisherFamilies families_ = stories::PublisherFamilies::shipped();
  Metrics metrics_;
  std::vector<Time> boundaries_;

 private:
  contract::TemporaryFolder folder_;
  std::unique_ptr<Stores> disk_;
  std::unique_ptr<memory::MemoryStores> memory_;
  std::vector<SourceId> sources_;
  std::vector<RolledArticle> gone_;  // what retention took, as it was then
  std::mt19937 random_{20261127};
  int next_ = 0;
};

TEST_P(HourlyCountsTest, EqualACountOverTheStoreWhateverBecomesOfArticles) {
  for (int round = 0; round < 30; ++round) {
    for (int i = 0; i < 20; ++i) change_something();
    follow(pick(4));  // killed, and begun again
    if (round % 7 == 6) retain(30);
    if (round % 3 != 2) continue;
    follow();
    ASSERT_EQ(counted(), expected()) << "round " << round;
  }
}

TEST_P(HourlyCountsTest, ArticlesOfBeforeAreCountedOnce) {
  for (int i = 0; i < 300; ++i) change_something();
  const EventSequence head = must(stores().events().head());
  must(stores().events().advance({.consumer = "hourly_counts", .to = head}));
  HourlyCounts counts(stores(), families_);
  for (int i = 0; i < 20; ++i) change_something();
  follow();
  while (must(counts.fill_step())) change_something();
  EXPECT_FALSE(must(counts.fill_step()));
  follow();
  EXPECT_EQ(counted(), expected());
  EXPECT_EQ(must(stores().rollups().state()).filled_to, std::nullopt);
}

TEST_P(HourlyCountsTest, SayWhatTheSearchIndexSays) {
  for (int i = 0; i < 500; ++i) change_something();
  follow();
  tests::SearchOfStores search(stores(), clock_);
  search.catch_up();
  const auto counts = [&](Query query) {
    return must(search.answers().aggregate({.query = std::move(query), .boundaries = boundaries_}))
        .buckets;
  };
  EXPECT_EQ(must(stores().rollups().series(std::nullopt, "", boundaries_)), counts({}));
  std::set<std::pair<Dimension, std::string>> values;
  for (const RolledArticle& one : must(rolled_articles(stores(), families_, ids()))) {
    for (const RolledValue& value : one.values) values.emplace(value.dimension, value.value);
  }
  EXPECT_GE(values.size(), 20u);
  constexpr std::array kFields = {QueryField::Language,  QueryField::Country, QueryField::Source,
                                  QueryField::Publisher, QueryField::Topic,   QueryField::About,
                                  QueryField::Entity,    QueryField::Place};
  for (const auto& [dimension, value] : values) {
    const Query query{.kind = QueryKind::Value,
                      .field = kFields[static_cast<std::size_t>(dimension)],
                      .text = value};
    EXPECT_EQ(must(stores().rollups().series(dimension, value, boundaries_)), counts(query))
        << to_string(dimension) << " " << value;
  }
}

TEST_P(HourlyCountsTest, TellOfWhatIsFoundInTheFormThatIsThere) {
  publish(1, 0);
  const ArticleId id = ids().front();
  AnalyzedArticle found{.article_id = id, .revision = 1, .analyzers = 1};
  found.analysis.places = {{.name = "Paris"}};
  found.analysis.sentiment = Sentiment{.score = 0.5};
  must(stores().analyses().save({&found, 1}, nullptr));
  follow();
  EXPECT_EQ(counted().count({"place", "Paris"}), 1u);
  publish(1, 1);
  follow();
  EXPECT_EQ(counted().count({"place", "Paris"}), 0u);
  EXPECT_EQ(counted(), expected());
}

INSTANTIATE_TEST_SUITE_P(Stores, HourlyCountsTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "sqlite" : "memory"; });

}  // namespace
}  // namespace tidings::pipeline
