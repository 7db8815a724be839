#include "analyze/topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/topic_table.h"
#include "tests/support/analysis_cases.h"

namespace tidings::analyze {
namespace {

std::vector<TopicScore> topics_of(std::string_view text, std::string_view language,
                                  std::span<const std::string> categories = {}) {
  return topics(document_of(text, language), categories);
}

class ShippedTopics : public testing::TestWithParam<const char*> {};

// A language ships with 60 cases or more of its own, of which the first topic is right for so many.
TEST_P(ShippedTopics, NameTheFirstTopicOfMostHeadlines) {
  constexpr double kFloor = 0.85;
  const auto cases = case_lines("topics/" + std::string(GetParam()) + ".tsv");
  ASSERT_GE(cases.size(), 60U);
  std::size_t right = 0;
  std::string wrong;
  for (const auto& fields : cases) {
    const std::vector<TopicScore> found = topics_of(fields.at(1), GetParam());
    const std::string code = found.empty() ? "none" : found.front().code;
    const std::string expected = "medtop:" + fields[0] + "000000";
    if (code == expected) {
      ++right;
    } else {
      wrong += "\n  " + expected + " " + code + " " + fields[1];
    }
  }
  EXPECT_GE(static_cast<double>(right) / static_cast<double>(cases.size()), kFloor) << wrong;
  RecordProperty("right", static_cast<int>(right));
  std::cout << GetParam() << " " << right << " of " << cases.size() << wrong << "\n";
}

INSTANTIATE_TEST_SUITE_P(Languages, ShippedTopics,
                         testing::Values("en", "de", "fr", "es", "it", "pt", "nl"));

TEST(Topics, SayWhy) {
  const std::vector<TopicScore> found =
      topics_of("The striker scored twice and the goalkeeper saved a penalty", "en");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().label, "sport");
  ASSERT_FALSE(found.front().evidence.empty());
  EXPECT_GT(found.front().evidence.front().weight, 0);
  EXPECT_THAT(found.front().evidence,
              testing::Contains(testing::Field(&Evidence::text, "goalkeeper")));
}

TEST(Topics, NameTheSecondLevelToo) {
  const std::vector<TopicScore> found = topics_of(
      "Climate change: greenhouse gas emissions and the carbon budget of the climate summit", "en");
  EXPECT_THAT(found, testing::Contains(testing::Field(&TopicScore::code, "medtop:06000000")));
  EXPECT_THAT(found, testing::Contains(testing::Field(&TopicScore::code, "medtop:20000418")));
}

TEST(Topics, AreAbsentWhereNothingSaysThem) {
  EXPECT_THAT(topics_of("", "en"), testing::IsEmpty());
  EXPECT_THAT(topics_of("and so it was, or so they would have it", "en"), testing::IsEmpty());
  EXPECT_THAT(topics_of("The striker scored in the football match", "und"), testing::IsEmpty());
  EXPECT_THAT(topics_of("Hyökkääjä teki maalin jalkapallo-ottelussa", "fi"), testing::IsEmpty());
  EXPECT_THAT(topics_of("😀😀😀", "en"), testing::IsEmpty());
}

TEST(Topics, TakeTheFeedsOwnTagsAsEvidence) {
  const std::vector<std::string> tags = {"Fútbol", "  SPORT ", "Unheard of"};
  const std::vector<TopicScore> found = topics_of("", "und", tags);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().code, "medtop:15000000");
  EXPECT_GT(found.front().score, 0.7);
}

TEST(Topics, ScoresFallFromTheFirstToTheLastOfALevel) {
  const std::vector<TopicScore> found = topics_of(
      "Parliament votes on the budget after the strike of hospital doctors over wages", "en");
  double before = 1;
  for (const TopicScore& topic : found) {
    EXPECT_GT(topic.score, 0);
    EXPECT_LE(topic.score, 1);
    if (!topic.code.starts_with("medtop:2")) {
      EXPECT_LE(topic.score, before);
      before = topic.score;
    }
  }
}

TEST(Topics, OfBadInputAreWithinBounds) {
  std::string repeated;
  for (int i = 0; i < 200'000; ++i) repeated += "goal ";
  EXPECT_FALSE(topics_of(repeated, "en").empty());
  topics_of("\xff\xfe striker \xc3", "en");
  topics_of(std::string(300'000, 'x'), "de");
}

TEST(TopicTable, RefusesWhatIsNoTable) {
  EXPECT_FALSE(TopicTable::open(""));
  EXPECT_FALSE(TopicTable::open("TIDTPCS1 and then nothing that makes sense"));
  EXPECT_EQ(TopicTable::shipped().topics().front().code, 1000000U);
}

}  // namespace
}  // namespace tidings::analyze
