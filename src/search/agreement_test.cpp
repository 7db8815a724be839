// The index answers as the definition does, whatever its segments: random articles, random queries.
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_index_files.h"
#include "query/canonical.h"
#include "query/matches.h"
#include "search/aggregate.h"
#include "search/count.h"
#include "search/index.h"
#include "search/ranking.h"
#include "tests/support/random_queries.h"

namespace tidings::search {
namespace {

using Ids = std::vector<std::int64_t>;

class AgreementTest : public testing::TestWithParam<std::uint32_t> {
 protected:
  void SetUp() override {
    open();
    for (int step = 0; step < 40; ++step) one_step();
  }

  void open() {
    Result<std::unique_ptr<Index>> opened = Index::open(files_);
    ASSERT_TRUE(opened) << opened.error().message;
    index_ = *std::move(opened);
  }

  void one_step() {
    IndexStep step{.cursor = EventSequence(++steps_), .filled_to = std::nullopt};
    for (int i = pick(20); i > 0; --i) {
      // Some are there already: they are replaced.
      const SearchDocument document = random_.document(1 + pick(400));
      const bool is_twice = std::ranges::any_of(step.articles, [&](const IndexedArticle& other) {
        return other.document.id == document.id;
      });
      if (!is_twice) add(document, step);
    }
    for (int i = pick(3); i > 0 && !documents_.empty(); --i) {
      const ArticleId id = any_id();
      documents_.erase(id);
      step.removed.push_back(id);
      std::erase_if(step.articles,
                    [&](const IndexedArticle& one) { return one.document.id == id; });
    }
    for (int i = pick(4); i > 0 && !documents_.empty(); --i) {
      SearchDocument& document = documents_.at(any_id());
      document.story = StoryId(1 + pick(5));
      document.story_size = 1 + pick(9);
      step.stories.push_back(
          {document.id, {to_int(document.story), static_cast<std::uint32_t>(document.story_size)}});
    }
    index_->apply(step);
    if (pick(5) == 0) {
      ASSERT_TRUE(index_->flush());
    }
    if (pick(4) == 0) {
      ASSERT_TRUE(index_->merge([] { return false; }));
    }
    if (pick(10) == 0) {
      ASSERT_TRUE(index_->flush());
      open();
    }
  }

  void add(const SearchDocument& document, IndexStep& step) {
    IndexedArticle article{.document = document};
    article.words = text::search_words(document.title, document.text, document.language);
    SearchDocument placeless = document;
    placeless.story = StoryId{};
    article.values = query::value_terms(placeless);
    step.articles.push_back(std::move(article));
    documents_[document.id] = document;
  }

  ArticleId any_id() {
    auto at = documents_.begin();
    std::advance(at, pick(static_cast<int>(documents_.size())));
    return at->first;
  }
  int pick(int count) { return static_cast<int>(numbers_() % static_cast<unsigned>(count)); }

  // Newest first.
  Ids expected(const Query& query) const {
    std::vector<std::pair<Time, std::int64_t>> found;
    for (const auto& [id, document] : documents_) {
      if (query::matches(query, matched_.at(id)))
        found.emplace_back(document.published, to_int(id));
    }
    std::ranges::sort(found, std::greater<>());
    Ids ids;
    for (const auto& [published, id] : found) ids.push_back(id);
    return ids;
  }
  void match_all() {
    for (const auto& [id, document] : documents_)
      matched_.emplace(id, query::MatchedDocument(document));
  }
  static Ids ids_of(const std::vector<Hit>& hits) {
    Ids ids;
    for (const Hit& hit : hits) ids.push_back(hit.id);
    return ids;
  }

  tests::RandomQueries random_{GetParam()};
  std::mt19937 numbers_{GetParam()};
  memory::MemoryIndexFiles files_;
  std::unique_ptr<Index> index_;
  std::map<ArticleId, SearchDocument> documents_;
  std::map<ArticleId, query::MatchedDocument> matched_;
  std::int64_t steps_ = 0;
};

TEST_P(AgreementTest, FindsAndCountsWhatMatches) {
  match_all();
  const auto snapshot = index_->snapshot();
  ASSERT_EQ(snapshot->documents, documents_.size());
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    const Query query = query::canonical(random_.query());
    const Ids ids = expected(query);
    found += ids.size();
    const std::string text = query::to_string(query);
    ASSERT_EQ(ids_of(in_order(*snapshot, query, Direction::NewestFirst, 1'000)), ids) << text;
    Ids backwards(ids.rbegin(), ids.rend());
    ASSERT_EQ(ids_of(in_order(*snapshot, query, Direction::OldestFirst, 1'000)), backwards) << text;
    ASSERT_EQ(count_matches(*snapshot, query, CountPrecision::Exact).articles, ids.size()) << text;
    ASSERT_EQ(aggregate(*snapshot, {.query = query}).total.articles, ids.size()) << text;
  }
  EXPECT_GT(found, 5'000) << "the queries find too little to tell anything";
}

TEST_P(AgreementTest, RanksTheSameHoweverFewAreWanted) {
  const auto snapshot = index_->snapshot();
  match_all();
  for (int round = 0; round < 300; ++round) {
    const Query query = query::canonical(random_.query());
    const std::string text = query::to_string(query);
    RankingSettings settings{.hits_max = 1'000};
    if (round % 2 == 0) settings.now = documents_.begin()->second.published;
    const std::vector<Hit> all = best(*snapshot, query, settings);
    Ids ids = ids_of(all), wanted = expected(query);
    settings.hits_max = 5;
    const std::vector<Hit> few = best(*snapshot, query, settings);
    ASSERT_EQ(few.size(), std::min<std::size_t>(all.size(), 5)) << text;
    for (std::size_t i = 0; i < few.size(); ++i)
      ASSERT_NEAR(few[i].score, all[i].score, 1e-5 * (1 + all[i].score)) << text;
    std::ranges::sort(ids);
    std::ranges::sort(wanted);
    ASSERT_EQ(ids, wanted) << text;
  }
}

TEST_P(AgreementTest, CountsAFewNamesAsItCountsThemAmongAll) {
  const auto snapshot = index_->snapshot();
  std::vector<Time> boundaries;
  for (const auto& [id, document] : documents_) boundaries.push_back(document.published);
  std::ranges::sort(boundaries);
  const auto repeated = std::ranges::unique(boundaries);
  boundaries.erase(repeated.begin(), repeated.end());
  for (const Dimension dimension : {Dimension::Entity, Dimension::Topic, Dimension::Language}) {
    const auto count = [&](const std::vector<std::string>& only) {
      return aggregate(*snapshot, {.boundaries = boundaries,
                                   .dimensions = {dimension},
                                   .names_max = 10'000,
                                   .only = only})
          .dimensions.front();
    };
    const DimensionCounts all = count({});
    ASSERT_GT(all.names, 2);
    std::vector<std::string> only = {"no such name"};
    for (std::size_t i = 0; i < all.top.size(); i += 2) only.push_back(all.top[i].name);
    const DimensionCounts few = count(only);
    ASSERT_EQ(few.names, only.size() - 1);
    for (std::size_t i = 0; i < few.top.size(); ++i) {
      EXPECT_EQ(few.top[i].name, all.top[2 * i].name);
      EXPECT_EQ(few.top[i].total, all.top[2 * i].total);
      EXPECT_EQ(few.top[i].buckets, all.top[2 * i].buckets);
    }
  }
}

TEST_P(AgreementTest, ExplainsEveryScore) {
  const auto snapshot = index_->snapshot();
  const RankingSettings settings{.hits_max = 5, .now = from_micros(1'800'000'000'000'000)};
  for (int round = 0; round < 100; ++round) {
    const Query query = query::canonical(random_.query());
    for (const Hit& hit : best(*snapshot, query, settings)) {
      const ScoreExplanation explanation = explain(*snapshot, query, settings, hit);
      double sum = 0;
      for (const ScorePart& part : explanation.parts) sum += part.rarity * part.weight;
      ASSERT_NEAR(sum * explanation.recency, hit.score, 1e-4 * (1 + hit.score))
          << query::to_string(query);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AgreementTest, testing::Range(1U, 7U));

}  // namespace
}  // namespace tidings::search
