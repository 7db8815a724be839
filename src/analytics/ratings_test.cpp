#include "analytics/ratings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::analytics {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// "www." and editions apart, as families of publishers do.
std::string family_of(std::string_view domain) {
  return domain.starts_with("bbc.") ? "BBC" : std::string(domain);
}

std::string message_of(std::string_view csv) {
  const Result<RatingTable> table = read_ratings(csv);
  EXPECT_FALSE(table);
  return table ? "" : table.error().message;
}

TEST(Ratings, AreReadWithAnyNumberOfScales) {
  const Result<RatingTable> table = read_ratings(
      "publisher,rating,factual\r\nhttps://www.BBC.co.uk/news,center,0.8\r\n"
      "\"Example, Ltd\",left,\r\nherald.example , right ,-1\r\n");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_THAT(table->scales, ElementsAre("rating", "factual"));
  ASSERT_EQ(table->publishers.size(), 3U);
  EXPECT_EQ(table->publishers[0].publisher, "bbc.co.uk");
  EXPECT_THAT(table->publishers[0].ratings, ElementsAre("center", "0.8"));
  EXPECT_EQ(table->publishers[1].publisher, "Example, Ltd");
  EXPECT_THAT(table->publishers[2].ratings, ElementsAre("right", "-1"));
}

TEST(Ratings, AreReadAgainAsTheyWereWritten) {
  const RatingTable table = *read_ratings(
      "domain;\"a \"\"b\"\"\"\nherald.example;left, far\n\"x;y\";right\nhttps:// "
      "a/b.example;left\n");
  const std::string csv = to_csv(table);
  const RatingTable again = *read_ratings(csv);
  EXPECT_EQ(again.scales, table.scales);
  EXPECT_EQ(again.publishers[0].ratings, table.publishers[0].ratings);
  EXPECT_EQ(again.publishers[1].publisher, "x;y");
  EXPECT_EQ(again.publishers[2].publisher, "a");
  EXPECT_EQ(to_csv(again), csv);
}

TEST(Ratings, SayWhichLineIsWrongAndWhatWouldBeRight) {
  struct Case {
    const char* csv;
    const char* line;
    const char* remedy;
  };
  for (const Case& one : {
           Case{"", "first line must be", "publisher,rating"},
           Case{"herald.example,left\n", "line 1", "must be \"publisher\""},
           Case{"publisher\nherald.example\n", "line 1", "name one"},
           Case{"publisher,a,a\nx.org,1,1\n", "line 1", "take one out"},
           Case{"publisher,rating\nx.org,1.5\n", "line 2", "scale the numbers"},
           Case{"publisher,rating\nx.org,nan\n", "line 2", "scale the numbers"},
           Case{"publisher,rating\nx.org,0.5\ny.org,left\n", "line 3", "numbers from -1 to 1"},
           Case{"publisher,rating\nx.org,left\n\nX.org,right\n", "line 4", "line 2 already"},
           Case{"publisher,rating\n,left\n", "line 2", "write a domain"},
           Case{"publisher,rating\nx.org,left,far\n", "line 2", "quote"},
           Case{"publisher,rating\nx.org,=1+1\n", "line 2", "like a formula"},
           Case{"publisher,rating\n\"x.org,left\n", "line 2", "close it"},
           Case{"publisher,rating\nx.org,\xFF\n", "not UTF-8", "CSV UTF-8"},
           Case{"publisher,rating\n", "rates no publisher", ""},
       }) {
    SCOPED_TRACE(one.csv);
    EXPECT_THAT(message_of(one.csv), AllOf(HasSubstr(one.line), HasSubstr(one.remedy)));
  }
}

TEST(Ratings, TellTheFirstFaultsOnly) {
  std::string csv = "publisher,rating\n";
  for (int i = 0; i < 100; ++i) csv += ",left\n";
  const std::string message = message_of(csv);
  EXPECT_THAT(message, HasSubstr("line 11:"));
  EXPECT_THAT(message, testing::Not(HasSubstr("line 12:")));
}

TEST(Ratings, AreLimited) {
  std::string names = "publisher,rating\n", rows = names;
  for (std::size_t i = 0; i <= kRatingNamesMax; ++i)
    names += "p" + std::to_string(i) + ".example,r" + std::to_string(i) + "\n";
  EXPECT_THAT(message_of(names), HasSubstr("different ratings"));
  for (std::size_t i = 0; i <= kRatedPublishersMax; ++i)
    rows += "p" + std::to_string(i) + ".example,left\n";
  EXPECT_THAT(message_of(rows), HasSubstr("rows"));
  EXPECT_THAT(message_of("publisher,rating\nx.org," + std::string(101, 'a')),
              HasSubstr("longer than"));
}

TEST(RatingScale, KnowsPublishersByTheirFamily) {
  const RatingTable table =
      *read_ratings("publisher,rating\nbbc.co.uk,center\nbbc.com,center\nherald.example,left\n");
  const RatingScale scale(table, 0, family_of);
  EXPECT_THAT(scale.ratings(), ElementsAre("center", "left"));
  EXPECT_EQ(scale.rating_of("BBC"), 0U);
  EXPECT_EQ(scale.rating_of("herald.example"), 1U);
  EXPECT_EQ(scale.rating_of("other.example"), std::nullopt);
  EXPECT_FALSE(scale.is_numeric());
  EXPECT_THAT(scale.torn(), IsEmpty());
}

TEST(RatingScale, TakesAFamilyOfSeveralRatingsForNotRated) {
  const RatingTable table = *read_ratings("publisher,rating\nbbc.co.uk,center\nbbc.com,left\n");
  const RatingScale scale(table, 0, family_of);
  EXPECT_EQ(scale.rating_of("BBC"), std::nullopt);
  EXPECT_THAT(scale.torn(), ElementsAre("bbc"));
}

TEST(RatingScale, PutsNumbersIntoBands) {
  const RatingTable table = *read_ratings(
      "publisher,rating\na.org,-1\nb.org,-0.6\nc.org,-0.2\nd.org,0\ne.org,+0.2\nf.org,1\n");
  const RatingScale scale(table, 0, family_of);
  EXPECT_EQ(scale.ratings().size(), 5U);
  EXPECT_EQ(scale.rating_of("a.org"), 0U);
  EXPECT_EQ(scale.rating_of("b.org"), 1U);
  EXPECT_EQ(scale.rating_of("c.org"), 2U);
  EXPECT_EQ(scale.rating_of("d.org"), 2U);
  EXPECT_EQ(scale.rating_of("e.org"), 3U);
  EXPECT_EQ(scale.rating_of("f.org"), 4U);
  EXPECT_EQ(scale.number_of("b.org"), -0.6);
}

}  // namespace
}  // namespace tidings::analytics
