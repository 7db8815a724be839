#include "stories/story_facts.h"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stories/story_detail.h"

namespace tidings::stories {
namespace {

using std::chrono::hours;
using testing::ElementsAre;

const Time kNoon = *parse_rfc3339("2026-11-23T12:00:00Z");

StoryMember member(std::int64_t id, const std::string& title, Duration after = {},
                   const std::string& publisher = "a") {
  StoryMember one;
  one.article.id = one.place.article_id = ArticleId(id);
  one.article.title = title;
  one.article.language = "en-GB";
  one.place.publisher = publisher;
  one.article.published = one.place.published = kNoon + after;
  one.place.words = 200;
  return one;
}

StoryMember copy(StoryMember one) {
  one.place.copy_of = ArticleId(1);
  return one;
}

TEST(StoryFacts, TakesTheHeadlineThatSaysWhatAllSay) {
  std::vector<StoryMember> members = {
      member(1, "Live updates"),
      member(2, "Earthquake kills dozens in northern Chile"),
      member(3, "Chile: strong earthquake kills dozens"),
      member(4, "Why my garden shakes"),
  };
  EXPECT_EQ(headline_of(members), 1u);
  members[2].place.words = 900;
  members[1].place.words = 5;
  EXPECT_EQ(headline_of(members), 2u) << "of two like these the more complete report";
  members[2] = copy(members[2]);
  EXPECT_EQ(headline_of(members), 1u) << "a copy stands behind originals";
  EXPECT_EQ(headline_of(std::vector{copy(member(1, "Only copies"))}), 0u);
  EXPECT_EQ(headline_of(std::vector{member(1, ""), member(2, "Titled")}), 1u);
}

TEST(StoryFacts, WhatWasPublishedFirstIsTheOriginal) {
  std::vector<StoryMember> members = {member(5, "x"), member(1, "x", hours(1)),
                                      member(6, "x", hours(2)), member(7, "y", hours(3)),
                                      member(8, "z", hours(4))};
  members[0].place.copy_of = ArticleId(1);
  members[0].place.copy_similarity = 0.9;
  members[2].place.copy_of = ArticleId(1);
  members[2].place.copy_similarity = 0.8;
  members[4].place.copy_of = ArticleId(99);  // of another story
  EXPECT_THAT(settle_originals(members), ElementsAre(0, 1, 2));
  EXPECT_EQ(members[0].place.copy_of, std::nullopt);
  EXPECT_EQ(members[0].place.copy_similarity, 0);
  EXPECT_EQ(members[1].place.copy_of, ArticleId(5));
  EXPECT_EQ(members[1].place.copy_similarity, 0.9);
  EXPECT_EQ(members[2].place.copy_of, ArticleId(5));
  EXPECT_EQ(members[3].place.copy_of, std::nullopt);
  EXPECT_EQ(members[4].place.copy_of, ArticleId(99));
  EXPECT_THAT(settle_originals(members), testing::IsEmpty()) << "once is enough";
  members.push_back(copy(member(9, "x", hours(5))));  // the index knows article 1 as the first
  EXPECT_THAT(settle_originals(members), ElementsAre(5));
  EXPECT_EQ(members[5].place.copy_of, ArticleId(5));
}

TEST(StoryFacts, SumsUpWhatItsArticlesAre) {
  StoryMember first = member(5, "Trams run again", {}, "Times");
  first.article.analysis = {.topics = {{"medtop:1", "transport", 0.6, {}}},
                            .tone = Tone::Positive,
                            .sentiment = 0.5,
                            .countries = {{"PT", 1}}};
  first.place.entities = {{.id = "lisbon", .text = "Lisbon", .salience = 0.4}};
  first.article.url = "https://times.example/trams";
  StoryMember second = copy(member(6, "Trams run again", hours(2), "Post"));
  second.article.analysis = {
      .topics = {{"medtop:2", "sport", 0.1, {}}, {"medtop:1", "transport", 0.4, {}}},
      .tone = Tone::Negative,
      .sentiment = -0.1};
  const Story story = story_of(StoryId(5), std::vector{first, second}, 2, {});
  EXPECT_EQ(story.headline, "Trams run again");
  EXPECT_EQ(story.url, "https://times.example/trams");
  EXPECT_EQ(story.language, "en");
  EXPECT_EQ(story.opened_at, kNoon);
  EXPECT_EQ(story.updated_at, kNoon + hours(2));
  EXPECT_EQ(story.copies, 1);
  EXPECT_EQ(story.publishers, 2);
  ASSERT_EQ(story.topics.size(), 2u);
  EXPECT_EQ(story.topics[0].code, "medtop:1");
  EXPECT_EQ(story.topics[0].score, 0.5);
  EXPECT_EQ(story.countries.at(0).score, 0.5);
  EXPECT_EQ(story.entities.at(0).salience, 0.2);
  EXPECT_EQ(story.tones, (StoryTones{.negative = 1, .positive = 1, .score = 0.2}));
  EXPECT_EQ(story.rank_key, rank_key(story.updated_at, story.rank));
}

TEST(StoryDetail, SummarizesWithoutSayingAnythingTwice) {
  const auto said = [](std::int64_t id, const char* text) {
    return StorySentence{.article_id = ArticleId(id), .text = text, .language = "en"};
  };
  const std::vector<StorySentence> sentences = {
      said(1, "A strong earthquake killed dozens of people in northern Chile on Monday."),
      said(2, "On Monday a strong earthquake killed dozens of people in northern Chile."),
      said(3, "Rescuers in northern Chile search for people under collapsed earthquake houses."),
      said(4, "Yes."),
      said(5, "Gardening columns return next week with roses, bulbs and compost."),
  };
  const auto summary = summary_of(sentences);
  ASSERT_GE(summary.size(), 2u);
  EXPECT_EQ(summary[1].article_id, ArticleId(3));
  EXPECT_LE(to_int(summary[0].article_id), 2) << "one of the two that say the same";
  for (const StorySentence& sentence : summary) EXPECT_NE(sentence.text, "Yes.");
  EXPECT_TRUE(summary_of({}).empty());
}

TEST(StoryDetail, TellsAStoryByTheHourAndALongOneByTheDay) {
  std::vector<StoryMember> members = {member(1, "first"), copy(member(2, "second", hours(0))),
                                      member(3, "third", hours(3))};
  const Timeline short_one = timeline_of(members);
  EXPECT_EQ(short_one.step, hours(1));
  ASSERT_EQ(short_one.steps.size(), 2u);
  EXPECT_EQ(short_one.steps[0].articles, 2);
  EXPECT_EQ(short_one.steps[0].copies, 1);
  EXPECT_EQ(short_one.steps[0].headline, 0u);
  EXPECT_EQ(short_one.steps[1].headline, 2u);
  members.push_back(member(4, "later", hours(100)));
  const Timeline long_one = timeline_of(members);
  EXPECT_EQ(long_one.step, hours(24));
  ASSERT_EQ(long_one.steps.size(), 2u);
  EXPECT_EQ(format_rfc3339(long_one.steps[0].begin), "2026-11-23T00:00:00Z");
  EXPECT_EQ(long_one.steps[0].articles, 3);
  for (int day = 5; day < 100; ++day) members.push_back(member(day + 10, "day", hours(24 * day)));
  EXPECT_EQ(timeline_of(members).steps.size(), kTimelineStepsMax);
  EXPECT_EQ(timeline_of(members).steps.back().headline, members.size() - 1);
  EXPECT_TRUE(timeline_of({}).steps.empty());
}

TEST(StoryDetail, SaysWhoWasFirstAndHowFarOthersWereBehind) {
  const std::vector<StoryMember> members = {
      member(1, "x", {}, "Times"), member(2, "x", hours(1), "Post"),
      copy(member(3, "x", hours(2), "Times")), copy(member(4, "x", hours(3), "Wire"))};
  const auto publishers = publishers_of(members);
  ASSERT_EQ(publishers.size(), 3u);
  EXPECT_EQ(publishers[0].name, "Times");
  EXPECT_EQ(publishers[0].behind, Duration(0));
  EXPECT_EQ(publishers[0].articles, 2);
  EXPECT_EQ(publishers[0].copies, 1);
  EXPECT_EQ(publishers[1].behind, hours(1));
  EXPECT_EQ(publishers[2].copies, 1);
}

}  // namespace
}  // namespace tidings::stories
