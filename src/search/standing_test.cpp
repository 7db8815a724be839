// Standing queries match as the definition does, whatever was added and removed before.
#include "search/standing.h"

#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/canonical.h"
#include "query/matches.h"
#include "query/values.h"
#include "search/test_articles.h"
#include "tests/support/random_queries.h"

namespace tidings::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Query parsed(std::string_view written) {
  return query::canonical(query::parse_query(written, {}).value());
}

IndexedArticle cut(const SearchDocument& document) {
  IndexedArticle article{.document = document};
  article.words = text::search_words(document.title, document.text, document.language);
  SearchDocument placeless = document;
  placeless.story = StoryId{};
  article.values = query::value_terms(placeless);
  return article;
}

IndexedArticle english(std::string text) {
  return cut({.id = ArticleId{1}, .language = "en", .text = std::move(text)});
}

class StandingAgreementTest : public testing::TestWithParam<std::uint32_t> {
 protected:
  int pick(int count) { return static_cast<int>(numbers_() % static_cast<unsigned>(count)); }

  void change_queries() {
    for (int i = pick(30); i > 0; --i) {
      const std::int64_t id = 1 + pick(600);
      const Query query = pick(4) == 0 ? random_.query() : query::canonical(random_.query());
      ASSERT_TRUE(standing_.add(id, query));
      queries_[id] = query;
    }
    for (int i = pick(20); i > 0; --i) {
      const std::int64_t id = 1 + pick(600);
      EXPECT_EQ(standing_.remove(id), queries_.erase(id) > 0);
    }
  }
  std::vector<std::int64_t> expected(const SearchDocument& document) const {
    const query::MatchedDocument matched(document);
    std::vector<std::int64_t> ids;
    for (const auto& [id, query] : queries_) {
      if (query::matches(query, matched)) ids.push_back(id);
    }
    return ids;
  }

  tests::RandomQueries random_{GetParam()};
  std::mt19937 numbers_{GetParam()};
  StandingQueries standing_;
  std::map<std::int64_t, Query> queries_;
};

TEST_P(StandingAgreementTest, MatchesWhatTheDefinitionDoes) {
  std::size_t matches = 0;
  for (int article = 1; article <= 60; ++article) {
    change_queries();
    ASSERT_EQ(standing_.size(), queries_.size());
    const SearchDocument document = random_.document(article);
    const std::vector<std::int64_t> ids = expected(document);
    ASSERT_EQ(standing_.match(cut(document)), ids) << article;
    matches += ids.size();
  }
  EXPECT_GT(matches, 1'000U);
}

TEST_P(StandingAgreementTest, StaysRightAfterMuchWasRemoved) {
  for (std::int64_t id = 1; id <= 3'000; ++id) {
    const Query query = random_.query();
    const Result<void> added = standing_.add(id, query);
    if (added) queries_[id] = query;
  }
  while (queries_.size() > 5) {
    standing_.remove(queries_.begin()->first);
    queries_.erase(queries_.begin());
  }
  for (int article = 1; article <= 20; ++article) {
    const SearchDocument document = random_.document(article);
    ASSERT_EQ(standing_.match(cut(document)), expected(document));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, StandingAgreementTest, testing::Values(1, 2, 3, 4, 5, 6));

TEST(StandingQueries, TellWhichMatch) {
  StandingQueries standing;
  ASSERT_TRUE(standing.add(7, parsed("election -football")));
  ASSERT_TRUE(standing.add(3, parsed("\"general election\"")));
  ASSERT_TRUE(standing.add(5, parsed("football OR tennis")));
  EXPECT_THAT(standing.match(english("The general elections are over.")), ElementsAre(3, 7));
  EXPECT_THAT(standing.match(english("An election of football players.")), ElementsAre(5));
  EXPECT_THAT(standing.match(english("Nothing of that.")), IsEmpty());
}

TEST(StandingQueries, AddingAgainReplaces) {
  StandingQueries standing;
  ASSERT_TRUE(standing.add(1, parsed("football")));
  ASSERT_TRUE(standing.add(1, parsed("tennis")));
  EXPECT_EQ(standing.size(), 1U);
  EXPECT_THAT(standing.match(english("football")), IsEmpty());
  EXPECT_THAT(standing.match(english("tennis")), ElementsAre(1));
}

TEST(StandingQueries, WhatMovesToRarerWordsStillMatches) {
  StandingQueries standing;
  ASSERT_TRUE(standing.add(1, parsed("=extraordinarily =ox")));  // the longer is thought rarer
  for (int i = 0; i < 500; ++i)
    EXPECT_THAT(standing.match(english("extraordinarily dull")), IsEmpty());
  EXPECT_THAT(standing.match(english("an extraordinarily big ox")), ElementsAre(1));
  EXPECT_TRUE(standing.remove(1));
  EXPECT_THAT(standing.match(english("an extraordinarily big ox")), IsEmpty());
}

TEST(StandingQueries, RefuseMoreThanTheyMayBe) {
  StandingQueries standing({.queries_max = 3, .broad_queries_max = 1});
  ASSERT_TRUE(standing.add(1, parsed("-football")));
  const Result<void> broad = standing.add(2, parsed("words:>5"));
  ASSERT_FALSE(broad);
  EXPECT_EQ(broad.error().code, "query_too_broad");
  ASSERT_TRUE(standing.add(3, parsed("tennis words:>5")));
  ASSERT_TRUE(standing.add(4, parsed("golf")));
  EXPECT_FALSE(standing.add(5, parsed("chess")));
  ASSERT_TRUE(standing.add(4, parsed("chess")));  // in the place of another
  EXPECT_THAT(standing.match(english("chess")), ElementsAre(1, 4));
}

TEST(StandingQueries, RefuseWhatIsDeeperThanAnyQuery) {
  Query deep = word_query("word");
  for (int i = 0; i < 1'000; ++i) {
    Query outer{.kind = QueryKind::Not};
    outer.parts.push_back(std::move(deep));
    deep = std::move(outer);
  }
  StandingQueries standing;
  EXPECT_FALSE(standing.add(1, deep));
  EXPECT_EQ(standing.size(), 0U);
}

}  // namespace
}  // namespace tidings::search
