#include "search/ranking.h"

#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "adapters/memory/memory_index_files.h"
#include "query/canonical.h"
#include "search/index.h"
#include "search/test_articles.h"

namespace tidings::search {
namespace {

// Segments of thousands of articles, short ones in one and long ones in another: what their blocks
// can hold at most was worked out by means that are far from that of all.
class RankingOfUnlikeSegments : public testing::TestWithParam<std::uint32_t> {
 protected:
  void SetUp() override {
    Result<std::unique_ptr<Index>> opened = Index::open(files_, {.merged_at_once = 100});
    ASSERT_TRUE(opened);
    index_ = *std::move(opened);
    add_segment(5, 30);
    add_segment(300, 1'500);
    add_segment(20, 1'500);
  }

  void add_segment(std::uint32_t words_min, std::uint32_t words_max) {
    IndexStep step{.cursor = EventSequence(1), .filled_to = std::nullopt};
    for (int i = 0; i < 1'500; ++i) {
      IndexedArticle article;
      article.document.id = ArticleId(++id_);
      article.document.published = from_micros(id_);
      article.words.forms = {"common", "seldom", "other"};
      article.words.words = words_min + random_() % (words_max - words_min);
      const std::uint32_t often = 1 + random_() % 40;
      for (std::uint32_t k = 0; k < article.words.words; ++k) {
        const std::uint32_t drawn = random_() % 1'000;
        article.words.form_at.push_back(drawn < often * 8 ? 0 : drawn > 990 ? 1 : 2);
      }
      step.articles.push_back(std::move(article));
    }
    index_->apply(step);
  }

  static Query exact(std::string text) {
    return {.kind = QueryKind::Word, .exact = true, .text = std::move(text)};
  }

  std::mt19937 random_{GetParam()};
  std::int64_t id_ = 0;
  memory::MemoryIndexFiles files_;
  std::unique_ptr<Index> index_;
};

TEST_P(RankingOfUnlikeSegments, FindsTheSameBestHoweverFewAreWanted) {
  const auto snapshot = index_->snapshot();
  ASSERT_EQ(snapshot->segments.size(), 3);
  const std::vector<Query> queries = {
      exact("common"),
      exact("seldom"),
      {.kind = QueryKind::Or, .parts = {exact("common"), exact("seldom")}},
      {.kind = QueryKind::And, .parts = {exact("common"), exact("seldom")}},
      {.kind = QueryKind::Phrase, .parts = {exact("common"), exact("common")}}};
  for (const Query& query : queries) {
    for (const bool with_titles : {false, true}) {
      const std::vector<Hit> all =
          best(*snapshot, query, {.hits_max = 10'000, .with_titles = with_titles});
      const std::vector<Hit> few =
          best(*snapshot, query, {.hits_max = 5, .with_titles = with_titles});
      ASSERT_EQ(few.size(), 5) << query::to_string(query);
      for (std::size_t i = 0; i < few.size(); ++i)
        EXPECT_NEAR(few[i].score, all[i].score, 1e-5) << query::to_string(query) << " at " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RankingOfUnlikeSegments, testing::Range(1U, 4U));

// Where a segment's own articles are long, the heaviest of a block is one with a word often. By the
// mean of all, which is short here, it is a short one with the word once.
TEST(Ranking, FindsWhatWeighsMoreByTheMeanOfAllThanByTheSegmentsOwn) {
  memory::MemoryIndexFiles files;
  const auto index = *Index::open(files, {.merged_at_once = 100});
  std::int64_t id = 0;
  const auto article = [&](std::uint32_t words, std::uint32_t common) {
    IndexedArticle made;
    made.document.id = ArticleId(++id);
    made.document.published = from_micros(id);
    made.words.forms = {"common", "other"};
    made.words.words = words;
    made.words.form_at.assign(words, 1);
    std::fill_n(made.words.form_at.begin(), common, 0);
    return made;
  };
  IndexStep of_long{.cursor = EventSequence(1), .filled_to = std::nullopt};
  // Blocks that promise more: the first few are looked at in any case.
  for (int i = 0; i < 1'200; ++i) of_long.articles.push_back(article(400, 12));
  for (int i = 0; i < 200; ++i) of_long.articles.push_back(article(400, 8));
  for (int i = 0; i < 3; ++i) of_long.articles.push_back(article(5, 1));
  index->apply(of_long);
  IndexStep of_short{.cursor = EventSequence(2), .filled_to = std::nullopt};
  for (int i = 0; i < 20'000; ++i) of_short.articles.push_back(article(10, 0));
  for (int i = 0; i < 10; ++i) of_short.articles.push_back(article(14, 1));
  index->apply(of_short);

  const auto snapshot = index->snapshot();
  ASSERT_EQ(snapshot->segments.size(), 2);
  const Query common{.kind = QueryKind::Word, .exact = true, .text = "common"};
  std::vector<std::int64_t> found;
  for (const Hit& hit : best(*snapshot, common, {.hits_max = 3}))
    found.push_back(snapshot->segments[hit.segment].segment->columns().ids()[hit.document]);
  std::ranges::sort(found);
  EXPECT_EQ(found, (std::vector<std::int64_t>{1'401, 1'402, 1'403}));
}

}  // namespace
}  // namespace tidings::search
