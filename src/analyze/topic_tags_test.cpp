#include "analyze/topic_tags.h"

#include <gtest/gtest.h>

#include "analyze/topic_model.h"

namespace tidings::analyze {
namespace {

TEST(TopicTags, AreKnownInAnyCaseAndLanguage) {
  EXPECT_EQ(topic_of_tag(" Fútbol"), "medtop:15000000");
  EXPECT_EQ(topic_of_tag("WIRTSCHAFT"), "medtop:04000000");
  EXPECT_EQ(topic_of_tag("Read more"), "");
  EXPECT_EQ(topic_of_tag(""), "");
}

TEST(TopicTags, TrainOnTextsThatNameOneTopic) {
  const std::vector<std::string> sport = {"Sport", "Helsinki"}, economy = {"Economy"},
                                 both = {"Sport", "Economy"};
  std::vector<TaggedText> texts;
  for (int i = 0; i < 12; ++i) {
    texts.push_back({.text = "joukkue voitti ottelun", .tags = sport});
    texts.push_back({.text = "pankki nosti korkoa", .tags = economy});
    texts.push_back({.text = "seura meni konkurssiin", .tags = both});
  }
  const std::string bytes = train_from_tags(texts).value();
  const TopicModel model = TopicModel::open(bytes).value();
  EXPECT_EQ(model.labels().size(), 2U);
  EXPECT_EQ(model.classify("ottelun voitti joukkue").front().label, "medtop:15000000");
}

TEST(TopicTags, WaitForEnoughArticles) {
  const std::vector<std::string> sport = {"Sport"};
  const std::vector<TaggedText> texts(20, {.text = "joukkue voitti", .tags = sport});
  EXPECT_FALSE(train_from_tags(texts));
}

}  // namespace
}  // namespace tidings::analyze
