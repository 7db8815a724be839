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

struct Cases {
  const char* file;
  std::size_t count_min;
  double floor;  // of the headlines whose first topic is right
};

class ShippedTopics : public testing::TestWithParam<Cases> {};

TEST_P(ShippedTopics, NameTheFirstTopicOfMostHeadlines) {
  const auto& [file, count_min, floor] = GetParam();
  const std::string language = std::string(file).substr(std::string_view(file).find('/') + 1, 2);
  const auto cases = case_lines(file);
  ASSERT_GE(cases.size(), count_min);
  std::size_t right = 0;
  std::string wrong;
  for (const auto& fields : cases) {
    const std::vector<TopicScore> found = topics_of(fields.at(1), language);
    const std::string code = found.empty() ? "none" : found.front().code;
    const std::string expected = "medtop:" + fields[0] + "000000";
    if (code == expected) {
      ++right;
    } else {
      wrong += "\n  " + expected + " " + code + " " + fields[1];
    }
  }
  RecordProperty("right", static_cast<int>(right));
  EXPECT_GE(static_cast<double>(right) / static_cast<double>(cases.size()), floor)
      << right << " of " << cases.size() << wrong;
}

// A language ships with 60 cases or more of its own, of which so many are right.
constexpr double kFloor = 0.85;
INSTANTIATE_TEST_SUITE_P(
    Languages, ShippedTopics,
    testing::Values(Cases{"topics/en.tsv", 60, kFloor}, Cases{"topics/de.tsv", 60, kFloor},
                    Cases{"topics/fr.tsv", 60, kFloor}, Cases{"topics/es.tsv", 60, kFloor},
                    Cases{"topics/it.tsv", 60, kFloor}, Cases{"topics/pt.tsv", 60, kFloor},
                    Cases{"topics/nl.tsv", 60, kFloor}));

// As newsrooms write them, by people who had not seen the lists: nothing may be tuned to these, so
// that they say how good the lists are.
constexpr double kNewsroomFloor = 0.75;
INSTANTIATE_TEST_SUITE_P(Newsrooms, ShippedTopics,
                         testing::Values(Cases{"topics_newsroom/en.tsv", 34, kNewsroomFloor},
                                         Cases{"topics_newsroom/de.tsv", 34, kNewsroomFloor},
                                         Cases{"topics_newsroom/fr.tsv", 34, kNewsroomFloor},
                                         Cases{"topics_newsroom/es.tsv", 34, kNewsroomFloor},
                                         Cases{"topics_newsroom/it.tsv", 34, kNewsroomFloor},
                                         Cases{"topics_newsroom/pt.tsv", 34, kNewsroomFloor},
                                         Cases{"topics_newsroom/nl.tsv", 34, kNewsroomFloor}));

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

TEST(Topics, AreNotNamedByWordsThatOnlyShareAStem) {
  EXPECT_THAT(topics_of("Sally and her sister", "en"), testing::IsEmpty()) << "\"Her\" is a film";
  const std::vector<TopicScore> found = topics_of("Universities raise their tuition fees", "en");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().label, "education") << "not the universe";
}

TEST(Topics, AreNamedByPartsOfCompounds) {
  const std::vector<TopicScore> found = topics_of("Das Kirchturmkonzert im Dorf", "de");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().code, "medtop:01000000");
  EXPECT_THAT(found.front().evidence,
              testing::Contains(testing::Field(&Evidence::text, "Kirchturmkonzert")));
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
  EXPECT_FALSE(TopicTable::open("TIDTPCS2 and then nothing that makes sense"));
  EXPECT_EQ(TopicTable::shipped().topics().front().code, 1000000U);
}

}  // namespace
}  // namespace tidings::analyze
