#include "analyze/topic_trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/topic_model.h"

namespace tidings::analyze {
namespace {

using testing::HasSubstr;

const std::vector<std::pair<std::string, std::string>> kTexts = {
    {"The striker scored twice in the final", "sport"},
    {"The goalkeeper saved a penalty in the match", "sport"},
    {"Coach praises the team after a late win in the league", "sport"},
    {"The sprinter won gold in the relay final", "sport"},
    {"Shares fell as the bank warned of lower profit", "business"},
    {"The retailer reported a rise in quarterly sales", "business"},
    {"Oil prices rose and the market closed higher", "business"},
    {"The central bank left its interest rate unchanged", "business"},
};

TopicTrainer trainer_of_all() {
  TopicTrainer trainer;
  for (const auto& [text, label] : kTexts) EXPECT_TRUE(trainer.add(text, label));
  return trainer;
}

TEST(TopicTrainer, LabelsATextItHasNotSeen) {
  const std::string bytes = trainer_of_all().train().value();
  const TopicModel model = TopicModel::open(bytes).value();
  EXPECT_EQ(model.classify("The team lost the final match").front().label, "sport");
  EXPECT_EQ(model.classify("The bank raised its profit and sales").front().label, "business");
}

TEST(TopicTrainer, GivesProbabilitiesThatSumToOne) {
  const std::string bytes = trainer_of_all().train().value();
  const TopicModel model = TopicModel::open(bytes).value();
  for (const std::string_view text : {"the final", "", "nothing known hereabouts", "价格上涨"}) {
    double sum = 0;
    for (const LabelScore& score : model.classify(text)) sum += score.score;
    EXPECT_NEAR(sum, 1, 1e-9) << text;
  }
}

TEST(TopicTrainer, GivesTheSameBytesForTheSameTexts) {
  EXPECT_EQ(trainer_of_all().train().value(), trainer_of_all().train().value());
}

TEST(TopicTrainer, LearnsAScriptWithoutSpaces) {
  TopicTrainer trainer;
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(trainer.add("球队赢得了决赛", "体育"));
    ASSERT_TRUE(trainer.add("股价下跌银行亏损", "经济"));
  }
  const std::string bytes = trainer.train().value();
  EXPECT_EQ(TopicModel::open(bytes)->classify("决赛中的球队").front().label, "体育");
}

TEST(TopicTrainer, TakesInvalidUtf8AndEmptyTexts) {
  TopicTrainer trainer;
  ASSERT_TRUE(trainer.add("\xff\xfe bad \xc3", "a"));
  ASSERT_TRUE(trainer.add("", "b"));
  EXPECT_TRUE(trainer.train());
}

TEST(TopicTrainer, RefusesWhatCannotBeTrained) {
  TopicTrainer trainer;
  EXPECT_THAT(trainer.add("text", "").error().message, HasSubstr("label is empty"));
  EXPECT_THAT(trainer.train().error().message, HasSubstr("at least two labels"));
  ASSERT_TRUE(trainer.add("text", "one"));
  EXPECT_THAT(trainer.train().error().message, HasSubstr("at least two labels"));
}

TEST(TopicTrainer, CrossValidatesEveryTextOnce) {
  const TopicEvaluation evaluation = trainer_of_all().cross_validate(4).value();
  EXPECT_EQ(evaluation.count(), kTexts.size());
  EXPECT_EQ(evaluation.labels().at("sport").count, 4U);
  EXPECT_FALSE(trainer_of_all().cross_validate(1));
  EXPECT_FALSE(trainer_of_all().cross_validate(9));
}

TEST(TopicExamples, StayWithinTheirBudget) {
  TopicExamples examples(300);
  for (int i = 0; i < 100; ++i)
    examples.add("a text of several words " + std::to_string(i), i % 2 == 0 ? "even" : "odd");
  EXPECT_FALSE(examples.has_parts());
  EXPECT_GT(examples.size(), 5U);
  EXPECT_EQ(examples.size() + examples.left_out(), 100U);
  std::vector<TopicFeature> features;
  std::size_t sum = 0;
  for (std::size_t text = 0; text < examples.size(); ++text) {
    examples.features(text, features);
    sum += features.size();
  }
  EXPECT_LE(sum, 300U);
  EXPECT_GT(sum, 100U);
}

TEST(TopicModel, RefusesWhatIsNoModel) {
  const std::string bytes = trainer_of_all().train().value();
  EXPECT_THAT(TopicModel::open("").error().message, HasSubstr("not a topic model"));
  EXPECT_THAT(TopicModel::open("{}").error().message, HasSubstr("not a topic model"));
  for (std::size_t size = 8; size < bytes.size(); size += 97)
    EXPECT_FALSE(TopicModel::open(std::string_view(bytes).substr(0, size))) << size;
  std::string newer = bytes;
  newer[8] = 2;
  EXPECT_THAT(TopicModel::open(newer).error().message, HasSubstr("version 2"));
}

TEST(TopicModel, ReadsNoFurtherThanItsBytesWhateverTheyHold) {
  const std::string bytes = trainer_of_all().train().value();
  for (std::size_t at = 8; at < bytes.size(); at += 13) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x7F);
    if (const Result<TopicModel> model = TopicModel::open(damaged)) model->classify("the final");
  }
}

TEST(TopicEvaluation, CountsPrecisionAndRecallByLabel) {
  TopicEvaluation evaluation;
  evaluation.add("a", "a");
  evaluation.add("a", "b");
  evaluation.add("b", "b");
  evaluation.add("c", "b");
  EXPECT_DOUBLE_EQ(evaluation.accuracy(), 0.5);
  EXPECT_DOUBLE_EQ(evaluation.labels().at("a").recall(), 0.5);
  EXPECT_DOUBLE_EQ(evaluation.labels().at("b").precision(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(evaluation.labels().at("a").f1(), 2.0 / 3);
  EXPECT_DOUBLE_EQ(evaluation.macro_f1(), (2.0 / 3 + 0.5 + 0) / 3);
}

}  // namespace
}  // namespace tidings::analyze
