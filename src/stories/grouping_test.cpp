#include "stories/grouping.h"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "stories/test_desk.h"

namespace tidings::stories {
namespace {

TEST(Grouping, PutsReportsOfOneEventTogether) {
  Desk desk;
  desk.add("Ferry with 200 passengers runs aground off Kelby");
  desk.add("Central bank of Norland raises interest rates to four percent");
  desk.add("Passengers rescued after Kelby ferry runs aground");
  desk.add("Norland's central bank lifts rates again as inflation bites");
  desk.add("Captain of grounded Kelby ferry questioned by police");
  desk.add("Marten wins the downhill race for the third time");
  EXPECT_EQ(desk.stories(), (std::vector<std::int64_t>{1, 2, 1, 2, 1, 6}));
}

TEST(Grouping, SaysWhatJoinedAnArticle) {
  Desk desk;
  desk.add("Ferry with 200 passengers runs aground off Kelby");
  const Joined joined = desk.add("Kelby ferry aground: all passengers safe");
  EXPECT_EQ(joined.story, 1);
  ASSERT_FALSE(joined.evidence.empty());
  EXPECT_EQ(joined.evidence.front().term, story_term("en", "kelbi"));
  double sum = 0;
  for (const Term& term : joined.evidence) sum += static_cast<double>(term.weight);
  EXPECT_NEAR(sum, joined.similarity, 0.01);
  EXPECT_LT(joined.next_similarity, joined.similarity);
}

TEST(Grouping, MergesStoriesThatTurnOutToBeOne) {
  Desk desk;
  desk.add("Fire destroys cathedral roof in Valmora");
  desk.add("Thousands watch blaze in old town");
  const Joined joined =
      desk.add("Blaze destroys cathedral roof in Valmora old town as thousands watch");
  EXPECT_EQ(joined.merged.size(), 1U);
  EXPECT_EQ(std::set(desk.stories().begin(), desk.stories().end()).size(), 1U);
}

TEST(Grouping, KeepsLanguagesApart) {
  Desk desk;
  desk.add("Marten gewinnt Abfahrt in Kitzstein", kNoon, "de");
  desk.add("Marten wint afdaling in Kitzstein", kNoon, "nl");
  EXPECT_EQ(desk.stories(), (std::vector<std::int64_t>{1, 2}));
}

TEST(Grouping, EndsStoriesThatNobodyTellsAnyMore) {
  Desk desk({.live_max = 1000, .idle_max = std::chrono::days(2)});
  desk.add("Ferry with 200 passengers runs aground off Kelby");
  for (int i = 0; i < 600; ++i)
    desk.add(fmt::format("word{0}a word{0}b word{0}c word{0}d", i), kNoon + std::chrono::days(3));
  EXPECT_LE(desk.grouping().live(), 600U);
  EXPECT_NE(
      desk.add("Ferry with passengers runs aground off Kelby", kNoon + std::chrono::days(3)).story,
      1);
}

TEST(Grouping, KeepsNoMoreStoriesThanItMay) {
  Desk desk({.live_max = 500});
  for (int i = 0; i < 3000; ++i) desk.add(fmt::format("w{0}a w{0}b w{0}c w{0}d", i));
  EXPECT_LE(desk.grouping().live(), 500U + 256);
}

// One clock that is a century ahead must not end every story.
TEST(Grouping, DoesNotBelieveOneClock) {
  Desk desk;
  desk.add("Ferry with 200 passengers runs aground off Kelby");
  for (int i = 0; i < 300; ++i) {
    desk.add(fmt::format("w{0}a w{0}b w{0}c w{0}d", i),
             i % 3 == 0 ? kNoon + std::chrono::days(36'500) : kNoon);
  }
  EXPECT_EQ(desk.add("Passengers rescued after Kelby ferry runs aground").story, 1);
}

TEST(Grouping, ArticlesThatSayNothingStandAlone) {
  Desk desk;
  desk.add("");
  desk.add("");
  desk.add("The");
  EXPECT_EQ(desk.stories(), (std::vector<std::int64_t>{1, 2, 3}));
}

// The same words around another place each time: what they share becomes common, and tells nothing.
TEST(Grouping, NoTemplateSwallowsEverything) {
  Desk desk;
  constexpr std::size_t kTitles = 2000;
  for (std::size_t i = 0; i < kTitles; ++i)
    desk.add(fmt::format("Weather forecast for the coming week in Town{}", i));
  EXPECT_LT(desk.largest(), kTitles / 2);
}

TEST(Grouping, AnswersTheSameWhenAskedAgain) {
  Desk first, second;
  for (Desk* desk : {&first, &second}) {
    for (int i = 0; i < 2000; ++i)
      desk->add(fmt::format("w{} w{} w{} w{}", i % 37, i % 101, i % 53, i % 17));
  }
  EXPECT_EQ(first.stories(), second.stories());
}

}  // namespace
}  // namespace tidings::stories
