#include "analyze/topic_learner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/topics.h"
#include "tests/support/analysis_cases.h"

namespace tidings::analyze {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;
using Tags = std::vector<std::string>;

// An instance that reads Finnish feeds, and a German one whose tags nobody knows.
class Instance {
 public:
  void add(const std::string& title, const Tags& tags, const std::string& language = "fi") {
    const std::string text = title + "\nnumero " + std::to_string(number_++);
    // Equal titles count once: the number makes them differ.
    const std::string whole = std::to_string(number_) + " " + text;
    const auto title_end = static_cast<std::uint32_t>(whole.find('\n'));
    learner_.add(document_of(whole, language, title_end), tags);
  }

  void add_finnish_news(int of_each) {
    for (int i = 0; i < of_each; ++i) {
      add("Joukkue voitti ottelun maanantaina", {"Sport", "Uutiset"});
      add("Pankki nosti korkoa maanantaina", {"Economy", "Uutiset"});
      add("Hallitus kaatui maanantaina", {"Politics", "Uutiset"});
      add("Maanantaina satoi", {"Uutiset"});
    }
  }

  LearnedTopics learn() const { return learner_.learn(); }

 private:
  TopicLearner learner_;
  int number_ = 0;
};

std::vector<std::string> texts_of(const LearnedTopics& learned) {
  std::vector<std::string> texts;
  for (const LearnedTerm& term : learned.terms) texts.push_back(term.text);
  return texts;
}

std::vector<TopicScore> topics_of(const LearnedTopics& learned, std::string_view text,
                                  std::string_view language, const Tags& tags = {}) {
  const TopicTable table = TopicTable::open(learned.table).value();
  return topics(document_of(text, language), tags, &table);
}

TEST(TopicLearner, LearnsWordsOfALanguageWithoutATable) {
  Instance instance;
  instance.add_finnish_news(30);
  const LearnedTopics learned = instance.learn();
  const std::vector<TopicScore> found = topics_of(learned, "Ottelun voitti toinen joukkue", "fi");
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().code, "medtop:15000000");
  EXPECT_THAT(found.front().evidence, Contains(Field(&Evidence::text, "joukkue")));
  EXPECT_THAT(texts_of(learned), Not(Contains("maanantaina")))
      << "a word of all topics says nothing";
  EXPECT_THAT(texts_of(learned), Not(Contains("Uutiset"))) << "nor does a tag on everything";
  EXPECT_EQ(learned.tagged_articles, 90u);
}

TEST(TopicLearner, LearnsATagFromWhatTheWordsOfItsArticlesSay) {
  Instance instance;
  for (int i = 0; i < 20; ++i) {
    instance.add("Der Trainer lobt die Mannschaft nach dem Sieg im Finale", {"Rennrodel"}, "de");
    instance.add("Die Aktien der Bank fallen an der Börse", {"Geldsachen"}, "de");
    instance.add("Der Bundestag beschließt den Haushalt der Regierung", {"Hauptstadt"}, "de");
  }
  const LearnedTopics learned = instance.learn();
  const std::vector<TopicScore> found = topics_of(learned, "", "und", {"rennrodel"});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().label, "sport");
  EXPECT_GT(found.front().score, 0.6);
  EXPECT_THAT(found.front().evidence, ElementsAre(Field(&Evidence::text, "rennrodel")));
}

TEST(TopicLearner, LearnsWordsByTagsThatItLearned) {
  Instance instance;
  for (int i = 0; i < 25; ++i) {
    instance.add("Gold für die Mannschaft im Finale: Eiskanal bebt", {"Rennrodel"}, "de");
    instance.add("Die Aktien der Bank fallen an der Börse", {"Geldsachen"}, "de");
    instance.add("Der Bundestag beschließt den Haushalt der Regierung", {"Hauptstadt"}, "de");
  }
  const LearnedTopics learned = instance.learn();
  EXPECT_THAT(learned.terms,
              Contains(testing::AllOf(Field(&LearnedTerm::text, "Eiskanal"),
                                      Field(&LearnedTerm::topic, "medtop:15000000"),
                                      Field(&LearnedTerm::kind, LearnedTerm::Kind::Word))));
}

TEST(TopicLearner, WaitsForEnoughArticles) {
  Instance instance;
  instance.add_finnish_news(5);
  EXPECT_THAT(instance.learn().terms, IsEmpty());
}

TEST(TopicLearner, LearnsNothingFromASingleTopic) {
  Instance instance;
  for (int i = 0; i < 200; ++i) instance.add("Joukkue voitti ottelun", {"Sport", "Liiga"});
  EXPECT_THAT(instance.learn().terms, IsEmpty());
}

TEST(TopicLearner, LearnsNothingWhereTagsDisagree) {
  Instance instance;
  const std::vector<std::string> tags = {"Sport", "Economy", "Politics"};
  for (std::size_t i = 0; i < 300; ++i) instance.add("Joukkue voitti ottelun", {tags[i % 3]});
  EXPECT_THAT(instance.learn().terms, IsEmpty());
}

TEST(TopicLearner, LeavesWhatTheShippedTableKnowsAsItIs) {
  Instance instance;
  for (int i = 0; i < 40; ++i) {
    instance.add("The goalkeeper of parliament quibbled", {"Economy"}, "en");
    instance.add("Nothing to see", {"Sport"}, "en");
    instance.add("Nothing to hear", {"Politics"}, "en");
  }
  const LearnedTopics learned = instance.learn();
  EXPECT_THAT(texts_of(learned), Contains("quibbled"));
  EXPECT_THAT(texts_of(learned), Not(Contains("goalkeeper")));
  EXPECT_EQ(topics_of(learned, "The goalkeeper saved a penalty", "en").front().label, "sport");
}

TEST(TopicLearner, CountsATitleOnceHoweverManyFeedsCarryIt) {
  TopicLearner learner;
  const Tags sport = {"Sport"};
  for (int i = 0; i < 50; ++i) learner.add(document_of("Joukkue voitti", "fi", 14), sport);
  EXPECT_EQ(learner.size(), 1u);
}

TEST(TopicLearner, TakesAnything) {
  TopicLearner learner;
  const Tags tags = {"", " ", std::string(1000, 'x'), "\xff\xfe"};
  learner.add(document_of("\xff\xfe \xc3", "und"), tags);
  learner.add(document_of("", ""), {});
  learner.add(document_of(std::string(100'000, 'x'), "en"), tags);
  const LearnedTopics learned = learner.learn();
  EXPECT_THAT(learned.terms, IsEmpty());
  EXPECT_TRUE(TopicTable::open(learned.table));
}

TEST(TopicLearner, GivesTheSameBytesForTheSameArticles) {
  Instance first, second;
  first.add_finnish_news(30);
  second.add_finnish_news(30);
  EXPECT_EQ(first.learn().table, second.learn().table);
}

}  // namespace
}  // namespace tidings::analyze
