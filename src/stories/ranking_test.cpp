#include "stories/ranking.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tidings::stories {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Time kNoon = *parse_rfc3339("2026-11-23T12:00:00Z");

struct Told {
  std::string publisher;
  Duration ago;
  bool is_copy = false;
};

std::vector<StoryMember> members_of(const std::vector<Told>& told) {
  std::vector<StoryMember> members;
  for (const Told& one : told) {
    StoryMember& member = members.emplace_back();
    member.place.publisher = one.publisher;
    member.place.published = kNoon - one.ago;
    if (one.is_copy) member.place.copy_of = ArticleId(1);
  }
  return members;
}

StoryRank ranked(const std::vector<Told>& told) {
  return rank_of(members_of(told), {}, {});
}

TEST(Ranking, CountsFamiliesThatReportAndCopiesLittle) {
  EXPECT_DOUBLE_EQ(ranked({{"a", hours(1)}}).publishers, 1);
  EXPECT_DOUBLE_EQ(ranked({{"a", hours(2)}, {"a", hours(1)}}).publishers, 1);
  EXPECT_DOUBLE_EQ(ranked({{"a", hours(2)}, {"b", hours(1)}}).publishers, 2);
  EXPECT_DOUBLE_EQ(ranked({{"a", hours(2)}, {"b", hours(1), true}}).publishers, 1.2);
  EXPECT_DOUBLE_EQ(ranked({{"a", hours(2)}, {"a", hours(1), true}}).publishers, 1);
  EXPECT_DOUBLE_EQ(ranked({{"a", hours(2), true}}).publishers, 0.2);
}

TEST(Ranking, ComparesTheLastHoursWithTheStorysOwnPast) {
  EXPECT_DOUBLE_EQ(ranked({{"a", hours(0)}}).velocity, 1) << "one article is no haste";
  std::vector<Told> burst;
  for (int i = 7; i > 0; --i) burst.push_back({"a", minutes(i)});
  EXPECT_DOUBLE_EQ(ranked(burst).velocity, 3) << "1 + log2(8 / 2)";
  std::vector<Told> steady;
  for (int i = 48; i > 0; --i) steady.push_back({"a", hours(i) / 2});
  EXPECT_NEAR(ranked(steady).velocity, 1, 0.1) << "as always";
  std::vector<Told> storm;
  for (int i = 100; i > 0; --i) storm.push_back({"a", minutes(1)});
  EXPECT_DOUBLE_EQ(ranked(storm).velocity, 4) << "the most";
  std::vector<Told> copied;
  for (int i = 7; i > 0; --i) copied.push_back({"a", minutes(i), i < 7});
  EXPECT_LT(ranked(copied).velocity, 2) << "copies count a fifth";
}

TEST(Ranking, WeighsTheStrongestTopicThatHasAWeight) {
  Story story{.topics = {{.code = "medtop:1", .score = 0.9}, {.code = "medtop:2", .score = 0.5}}};
  const auto members = members_of({{"a", hours(1)}});
  EXPECT_EQ(rank_of(members, story, {}).topic, 1);
  EXPECT_EQ(rank_of(members, story, {{"medtop:2", 0.5}}).topic, 0.5);
  EXPECT_EQ(rank_of(members, story, {{"medtop:1", 3}, {"medtop:2", 0.5}}).topic, 3);
}

TEST(Ranking, AStoryCountsHalfAfterAHalfLife) {
  const Story story{.updated_at = kNoon, .rank = {.publishers = 3, .velocity = 2, .topic = 0.5}};
  EXPECT_DOUBLE_EQ(score(story, kNoon), 3);
  EXPECT_DOUBLE_EQ(score(story, kNoon + kRankHalfLife), 1.5);
  EXPECT_DOUBLE_EQ(freshness(story, kNoon - hours(1)), 1) << "a clock that is behind";
}

TEST(Ranking, ItsKeyOrdersAsTheScoreDoesAtAnyTime) {
  const std::vector<StoryRank> ranks = {
      {.publishers = 1}, {.publishers = 5, .velocity = 2}, {.publishers = 0.2, .topic = 0.5}};
  std::vector<Story> stories;
  for (const StoryRank& rank : ranks) {
    for (const int ago : {0, 5, 30, 60}) {
      Story& story = stories.emplace_back();
      story.updated_at = kNoon - hours(ago);
      story.rank = rank;
      story.rank_key = rank_key(story.updated_at, rank);
    }
  }
  for (const Time now : {kNoon, kNoon + hours(100)}) {
    for (const Story& a : stories) {
      for (const Story& b : stories) {
        if (a.rank_key <= b.rank_key) continue;
        EXPECT_GE(score(a, now), score(b, now) * (1 - 1e-9));
      }
    }
  }
}

TEST(Ranking, APersonsScoreAddsWhatTheyFollow) {
  Story story{.updated_at = kNoon,
              .rank = {.publishers = 2},
              .topics = {{.code = "medtop:1", .score = 0.5}},
              .entities = {{.id = "ana"}}};
  auto members = members_of({{"a", hours(1)}, {"b", hours(0)}});
  members[0].place.source_id = SourceId(7);
  EXPECT_DOUBLE_EQ(personal_score(story, members, {}, kNoon), 2);
  EXPECT_DOUBLE_EQ(personal_score(story, members, {.topics = {{"medtop:1", 1}}}, kNoon), 3);
  EXPECT_DOUBLE_EQ(personal_score(story, members, {.entities = {{"ana", 1}}}, kNoon), 4);
  EXPECT_DOUBLE_EQ(personal_score(story, members, {.sources = {{SourceId(7), 2}}}, kNoon), 4);
  EXPECT_DOUBLE_EQ(personal_score(story, members, {.entities = {{"ana", 100}}}, kNoon), 16);
}

}  // namespace
}  // namespace tidings::stories
