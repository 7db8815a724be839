// Stories in different languages that tell of one event, from the analysis to the store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/story_world.h"

namespace tidings::pipeline {
namespace {

using contract::must;
using testing::IsEmpty;

class StoryLinksTest : public testing::TestWithParam<bool> {
 protected:
  // A ferry in three English reports and two German ones, and what else there was.
  void publish_all() {
    others_ = w.publish_all();
    for (int i = 0; i < 3; ++i) {
      english_.push_back(w.publish(
          i, fmt::format("en-{}", i), "en", "Ferry runs aground off Kelby, 214 rescued",
          fmt::format("The ferry Kelby Star ran aground near Marrow on the way to Kelby. All 214 "
                      "people were rescued after 3.5 hours, said Marten Oduya. Report {}.",
                      i)));
      w.analyze(english_.back(), "Marten Oduya");
      if (i == 2) continue;
      german_.push_back(w.publish(
          i, fmt::format("de-{}", i), "de", "Fähre läuft vor Kelby auf Grund, 214 gerettet",
          fmt::format("Die Fähre Kelby Star ist auf dem Weg nach Kelby bei Marrow auf Grund "
                      "gelaufen. Alle 214 wurden nach 3,5 Stunden gerettet, so Marten Oduya. {}.",
                      i)));
      w.analyze(german_.back(), "Marten Oduya");
    }
  }

  StoryId story_of(ArticleId article) {
    return must(w.stores().stories().placements({&article, 1})).at(0).place.story_id;
  }
  std::vector<StoryLink> links_of(ArticleId article) {
    return must(w.stores().stories().links(story_of(article)));
  }

  World w{GetParam()};
  std::vector<ArticleId> others_, english_, german_;
};

TEST_P(StoryLinksTest, AreShownWithTheirEvidenceFromBothSides) {
  publish_all();
  const auto consumer = w.consumer();
  w.follow(*consumer);
  const std::vector<StoryLink> english = links_of(english_[0]), german = links_of(german_[0]);
  ASSERT_EQ(english.size(), 1U);
  ASSERT_EQ(german.size(), 1U);
  EXPECT_EQ(english[0].story, story_of(german_[0]));
  EXPECT_EQ(german[0].story, story_of(english_[0]));
  EXPECT_GE(english[0].score, 0.5);
  const auto number = [](const StoryLink& link) {
    const auto found = std::ranges::find_if(link.evidence, [](const LinkEvidence& one) {
      return one.kind == FactKind::Number && one.text.starts_with("3");
    });
    return found == link.evidence.end() ? std::string() : found->text + " " + found->other;
  };
  EXPECT_EQ(number(english[0]), "3.5 3,5");
  EXPECT_EQ(number(german[0]), "3,5 3.5");
  EXPECT_TRUE(std::ranges::any_of(english[0].evidence, [](const LinkEvidence& one) {
    return one.kind == FactKind::Person && one.text == "Marten Oduya";
  }));
  for (const Story& other : must(w.stores().stories().find({.limit = 500})).stories) {
    if (other.id != english[0].story && other.id != german[0].story)
      EXPECT_THAT(must(w.stores().stories().links(other.id)), IsEmpty());
  }
}

TEST_P(StoryLinksTest, AreTheSameAfterRestartsAndMadeAnew) {
  publish_all();
  for (int step = 0; step < 100; ++step) {
    const auto consumer = w.consumer({.journal_articles_max = 20});  // killed after each step
    w.follow(*consumer, 7, 1);
  }
  const std::vector<StoryLink> before = links_of(german_[0]);
  ASSERT_EQ(before.size(), 1U);
  const auto consumer = w.consumer();
  must(consumer->begin_rebuild());
  while (must(consumer->backfill_step())) {
  }
  EXPECT_EQ(links_of(german_[0]), before);
}

// Where the English story becomes part of another the German one is linked to that; parts of a
// story are linked again when more is said of them.
TEST_P(StoryLinksTest, GoWithTheStoriesTheyLeadTo) {
  publish_all();
  const auto consumer = w.consumer();
  w.follow(*consumer);
  ASSERT_EQ(links_of(german_[0]).size(), 1U);
  const StoryId other = story_of(others_[0]);
  must(w.stores().stories().correct(
      {.kind = StoryCorrectionKind::Merge, .story = story_of(english_[0]), .other = other}));
  w.follow(*consumer);
  ASSERT_EQ(links_of(german_[0]).size(), 1U);
  EXPECT_EQ(links_of(german_[0])[0].story, story_of(english_[0]));

  must(w.stores().stories().correct({.kind = StoryCorrectionKind::Split,
                                     .story = story_of(german_[0]),
                                     .articles = {german_[1]}}));
  w.follow(*consumer);
  EXPECT_NE(story_of(german_[0]), story_of(german_[1]));
  EXPECT_THAT(must(w.stores().stories().links(story_of(german_[1]))), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Adapters, StoryLinksTest, testing::Bool(), [](const auto& is_on_disk) {
  return is_on_disk.param ? "Sqlite" : "Memory";
});

}  // namespace
}  // namespace tidings::pipeline
