#include "search/count.h"

#include <memory>
#include <random>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "adapters/memory/memory_index_files.h"
#include "search/index.h"

namespace tidings::search {
namespace {

constexpr int kArticles = 160'000;

// A large index of short articles: "often" is in half of them, "both" in two of a hundred, "burst"
// in nearly all of one time, "pair" in seven of them beside "often".
class CountTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<std::unique_ptr<Index>> opened = Index::open(files_, {.merged_at_once = 100});
    ASSERT_TRUE(opened);
    index_ = *std::move(opened);
    add(0, kArticles / 2);
    add(kArticles / 2, kArticles);
  }
  static void TearDownTestSuite() { index_.reset(); }

  static void add(int first, int last) {
    IndexStep step{.cursor = EventSequence(1), .filled_to = std::nullopt};
    for (int id = first; id < last; ++id) {
      IndexedArticle& article = step.articles.emplace_back();
      article.document.id = ArticleId(id + 1);
      article.document.published = from_micros(id);
      const auto say = [&](std::string form) {
        article.words.form_at.push_back(static_cast<std::uint32_t>(article.words.forms.size()));
        article.words.forms.push_back(article.words.arena.keep(form));
      };
      say("all");
      if (random_() % 2 == 0) say("often");
      if (random_() % 50 == 0) say("both");
      if (id >= 20'000 && id < 30'000 && random_() % 10 != 0) say("burst");
      if (id % 20'000 == 7) say("pair");
      article.words.words = static_cast<std::uint32_t>(article.words.form_at.size());
    }
    index_->apply(step);
  }

  static Query word(std::string text) {
    return {.kind = QueryKind::Word, .exact = true, .text = std::move(text)};
  }
  static Query all_of(std::string one, std::string other) {
    return {.kind = QueryKind::And, .parts = {word(std::move(one)), word(std::move(other))}};
  }
  static SearchCount count(const Query& query, CountPrecision precision) {
    return count_matches(*index_->snapshot(), query, precision);
  }
  static void expect_estimated(const Query& query) {
    const SearchCount exact = count(query, CountPrecision::Exact);
    const SearchCount estimate = count(query, CountPrecision::Estimate);
    EXPECT_TRUE(exact.is_exact);
    EXPECT_FALSE(estimate.is_exact);
    const auto counted = static_cast<double>(exact.articles);
    EXPECT_NEAR(static_cast<double>(estimate.articles), counted, 0.1 * counted);
  }
  static void expect_counted(const Query& query) {
    const SearchCount exact = count(query, CountPrecision::Exact);
    const SearchCount estimate = count(query, CountPrecision::Estimate);
    EXPECT_TRUE(estimate.is_exact);
    EXPECT_EQ(estimate.articles, exact.articles);
  }

  inline static std::mt19937 random_{1};
  inline static memory::MemoryIndexFiles files_;
  inline static std::unique_ptr<Index> index_;
};

TEST_F(CountTest, EstimatesWhatTakesLong) {
  ASSERT_EQ(count(word("all"), CountPrecision::Exact).articles, kArticles);
  expect_estimated(word("often"));
  expect_estimated({.kind = QueryKind::Or, .parts = {word("often"), word("both")}});
}

TEST_F(CountTest, AnEstimateHasThreeDigitsAndIsTheSameEachTime) {
  const SearchCount first = count(word("often"), CountPrecision::Estimate);
  EXPECT_EQ(first.articles % 100, 0);
  EXPECT_EQ(count(word("often"), CountPrecision::Estimate).articles, first.articles);
}

TEST_F(CountTest, CountsWhatASampleSaysTooLittleOf) {
  expect_counted(word("pair"));            // few
  expect_counted(all_of("all", "pair"));   // few of many that are looked at
  expect_counted(all_of("all", "burst"));  // at one time alone
  expect_counted(word("both"));            // read in no time
}

TEST_F(CountTest, LeavesOutArticlesThatAreGone) {
  const SearchCount before = count(word("often"), CountPrecision::Estimate);
  IndexStep step{.cursor = EventSequence(2), .filled_to = std::nullopt};
  for (int id = 1; id <= kArticles / 2; ++id) step.removed.push_back(ArticleId(id));
  index_->apply(step);
  const SearchCount after = count(word("often"), CountPrecision::Estimate);
  EXPECT_NEAR(static_cast<double>(after.articles), static_cast<double>(before.articles) / 2,
              0.1 * static_cast<double>(before.articles));
}

}  // namespace
}  // namespace tidings::search
