#include "query/matches.h"

#include <array>

#include <gtest/gtest.h>

#include "query/canonical.h"
#include "query/parse.h"
#include "tests/support/random_queries.h"

namespace tidings::query {
namespace {

QueryContext context() {
  return {.now = *parse_rfc3339("2026-11-27T12:34:56Z")};
}

bool matches(std::string_view written, const SearchDocument& document) {
  const Result<Query> query = parse_query(written, context());
  EXPECT_TRUE(query) << written << ": " << (query ? "" : query.error().message);
  return query && query::matches(*query, MatchedDocument(document));
}

SearchDocument article() {
  return {.id = ArticleId{7},
          .source_id = SourceId{42},
          .published = *parse_rfc3339("2026-11-20T08:00:00Z"),
          .language = "en",
          .title = "Climate talks open in Malmö",
          .text =
              "The elections changed the climate policy of Sweden. O’Brien, the minister, said "
              "élan was lost over covid-19 and the 3.5% tax.",
          .authors = {"Ana Ruiz"},
          .topics = {"medtop:20000418"},
          .sentiment = -30,
          .story = StoryId{3},
          .story_size = 6};
}

TEST(Matches, WhatAReaderMeans) {
  constexpr auto kQueries = std::to_array<std::string_view>({
      "*",
      "climate",
      "CLIMATE",
      "election",
      "changing",
      "malmo",
      "elect* minist*",
      "elan",
      "élan",
      "éla*",
      "ela*",
      "climte~",
      "swedn~",
      "electoins~",
      "elan~",
      "=elections",
      "=Climate",
      "\"climate policy\"",
      "\"the election\"",
      "\"climate pol*\"",
      "\"covid 19\"",
      "covid-19",
      "O'Brien",
      "3.5",
      "sweden NEAR/2 climate",
      "climate NEAR/2 sweden",
      "\"climate policy\" NEAR/1 sweden",
      "elections NEAR minister",
      "title:climate",
      "title:\"talks open\"",
      "title:(climate NEAR/3 malmö)",
      "climate -jaguar",
      "jaguar OR climate",
      "NOT jaguar",
      "-(jaguar OR lion)",
      "author:ruiz",
      "topic:environment",
      "since:2026-11-20",
      "until:2026-11-20",
      "since:8d",
      "published:2026-11",
      "sentiment:negative",
      "sentiment:<=-0.3",
      "sentiment:-0.3",
      "words:20..40",
      "story_size:>5",
      "story:3",
  });
  for (const std::string_view written : kQueries)
    EXPECT_TRUE(matches(written, article())) << written;
}

TEST(Matches, NothingElse) {
  constexpr auto kQueries = std::to_array<std::string_view>({
      "jaguar",
      "=election",
      "=malmo",
      "clima~",
      "xlimate~",
      "\"policy climate\"",
      "\"climate the\"",
      "\"malmö the\"",
      "malmö NEAR/50 elections",
      "climate NEAR/1 sweden",
      "title:elections",
      "title:\"climate policy\"",
      "climate jaguar",
      "climate -sweden",
      "NOT climate",
      "author:ruizes",
      "topic:sport",
      "since:2026-11-21",
      "until:2026-11-19",
      "until:2026-11-20T08:00",
      "sentiment:<-0.3",
      "sentiment:neutral",
      "words:>100",
      "story_size:>6",
      "story:4",
  });
  for (const std::string_view written : kQueries)
    EXPECT_FALSE(matches(written, article())) << written;
}

TEST(Matches, AnArticleWithoutSentimentIsInNoRangeOfIt) {
  SearchDocument document = article();
  document.sentiment.reset();
  EXPECT_FALSE(matches("sentiment:>=-1", document));
  EXPECT_TRUE(matches("-sentiment:>=-1", document));
}

TEST(Matches, ByTheLanguageOfTheArticle) {
  SearchDocument document{.language = "sv", .title = "", .text = "har de valt Müller"};
  EXPECT_FALSE(matches("här", document));
  EXPECT_TRUE(matches("muller", document));
  document.language = "de";
  EXPECT_TRUE(matches("mueller", document));
  document = {.language = "fr", .title = "Le prix de l’eau potable"};
  EXPECT_TRUE(matches("l'eau", document));
  EXPECT_TRUE(matches("\"l'eau potable\"", document));
  EXPECT_TRUE(matches("prix NEAR/2 l'eau", document));
  document = {.language = "ja", .title = "東京都知事選挙の結果", .text = ""};
  EXPECT_TRUE(matches("選挙", document));
  EXPECT_TRUE(matches("東京", document));
  document = {.language = "fi", .text = "Suomi on EU:n jäsen"};
  EXPECT_TRUE(matches("EU jäsen", document));
  EXPECT_TRUE(matches("\"EU:n jäsen\"", document));
  document = {.language = "th", .text = "ผลการเลือกตั้งทั่วไป"};
  EXPECT_TRUE(matches("เลือกตั้ง", document));
}

TEST(Matches, EditsOfTypos) {
  const SearchDocument document{.language = "und", .text = "parliament cabinet tax"};
  for (const std::string_view typo : {"parliment~", "paliment~", "parlaiment~", "parliamentss~",
                                      "parliamnet~", "cabinte~", "cabnet~", "cabinets~"}) {
    EXPECT_TRUE(matches(typo, document)) << typo;
  }
  for (const std::string_view typo :
       {"pxrlxxment~", "barliament~", "cbaniet~", "taxe~ -tax", "cabin~"}) {
    EXPECT_FALSE(matches(typo, document)) << typo;
  }
}

TEST(RandomQueries, AreReadBackAndMeanTheSameInOneSpelling) {
  tests::RandomQueries random(20261127);
  std::vector<MatchedDocument> documents;
  documents.reserve(40);
  for (int i = 0; i < 40; ++i) documents.emplace_back(random.document(i + 1));
  QueryContext reading = context();
  reading.limits = kCanonicalLimits;
  std::size_t matched = 0;
  constexpr int kQueries = 600;
  for (int i = 0; i < kQueries; ++i) {
    const Query query = random.query();
    const Query canonical = query::canonical(query);
    EXPECT_EQ(query::canonical(canonical), canonical) << to_string(query);
    for (const Query& one : {query, canonical}) {
      const Result<Query> again = parse_query(to_string(one), reading);
      ASSERT_TRUE(again) << to_string(one) << ": " << again.error().message;
      ASSERT_EQ(*again, one) << to_string(one) << " became " << to_string(*again);
    }
    for (const MatchedDocument& document : documents) {
      const bool does_match = query::matches(query, document);
      matched += does_match ? 1 : 0;
      ASSERT_EQ(query::matches(canonical, document), does_match)
          << to_string(query) << " or " << to_string(canonical);
    }
  }
  const double share = static_cast<double>(matched) / (kQueries * 40);
  EXPECT_GT(share, 0.1) << "else they test little";
  EXPECT_LT(share, 0.9);
}

}  // namespace
}  // namespace tidings::query
