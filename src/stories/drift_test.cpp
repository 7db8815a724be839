// A stream that drifts is split; a story that goes on for long is not.
#include "stories/drift.h"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "stories/test_desk.h"

namespace tidings::stories {
namespace {

// An article of an event: some of its words, and some that nobody else says.
std::vector<Term> article_of(std::uint32_t event, std::uint32_t number) {
  std::vector<Term> terms;
  for (std::uint32_t i = 0; i < 6; ++i)
    terms.push_back({.term = event * 100 + (i * 3 + number) % 10, .weight = 0.4F});
  std::sort(terms.begin(), terms.end(),
            [](const Term& a, const Term& b) { return a.term < b.term; });
  terms.erase(std::unique(terms.begin(), terms.end(),
                          [](const Term& a, const Term& b) { return a.term == b.term; }),
              terms.end());
  terms.push_back({.term = 1'000'000 + number, .weight = 0.4F});
  return terms;
}

std::vector<std::vector<Term>> articles_of(const std::vector<std::uint32_t>& events) {
  std::vector<std::vector<Term>> articles;
  for (std::uint32_t i = 0; i < events.size(); ++i) articles.push_back(article_of(events[i], i));
  return articles;
}

TEST(Drift, TheEventThatCameSecondLeaves) {
  const auto articles = articles_of({1, 1, 1, 2, 1, 2, 2, 1, 2, 2, 1, 2});
  const std::vector<std::size_t> second = {3, 5, 6, 8, 9, 11};
  EXPECT_EQ(other_event(articles, std::nullopt), second);
  const std::vector<std::size_t> first = {0, 1, 2, 4, 7, 10};
  EXPECT_EQ(other_event(articles, 3), first);  // unless the story is named after it
}

TEST(Drift, OneEventStays) {
  EXPECT_TRUE(other_event(articles_of(std::vector<std::uint32_t>(32, 1)), std::nullopt).empty());
}

TEST(Drift, AFewArticlesAreNoEvent) {
  EXPECT_TRUE(other_event(articles_of({1, 1, 1, 2, 1, 2, 2, 1, 1, 1, 1, 2}), std::nullopt).empty());
}

TEST(Drift, TheNewestAreHeldAgainstTheBeginning) {
  const auto articles = articles_of(std::vector<std::uint32_t>(32, 2));
  EXPECT_TRUE(has_drifted(articles, article_of(1, 1000)));
  EXPECT_FALSE(has_drifted(articles, article_of(2, 1000)));
  // What resembles nothing does not drift together.
  std::vector<std::uint32_t> events;
  for (std::uint32_t i = 0; i < 32; ++i) events.push_back(i + 2);
  EXPECT_FALSE(has_drifted(articles_of(events), article_of(1, 1000)));
}

// One headline of both makes them one story; then each goes on by itself.
TEST(Drift, AStoryOfTwoEventsIsSplit) {
  Desk desk;
  desk.add("Ferry runs aground off Kelby");
  desk.add("Norland central bank raises rates");
  ASSERT_TRUE(desk.grouping().merge(1, 2));
  // A person's merger holds.
  for (int i = 0; i < 30; ++i) {
    EXPECT_TRUE(
        desk.add(fmt::format("Kelby ferry aground, {} passengers rescued", i)).splits.empty());
    EXPECT_TRUE(
        desk.add(fmt::format("Norland central bank rates up, says analyst {}", i)).splits.empty());
  }
  EXPECT_EQ(desk.grouping().live(), 1U);
}

TEST(Drift, AStreamThatDriftsIsSplit) {
  Desk desk;
  desk.add("Kelby ferry aground: Norland central bank raises rates, evening news");
  std::size_t splits = 0;
  for (int i = 0; i < 24; ++i) {
    for (const std::string& title :
         {fmt::format("Kelby ferry aground with passengers, report {}", i),
          fmt::format("Norland central bank raises rates, comment {}", i)}) {
      splits += desk.add(title).splits.size();
    }
  }
  EXPECT_EQ(splits, 1U);
  EXPECT_NE(desk.story(48), desk.story(49));
  EXPECT_EQ(desk.story(46), desk.story(48));
  EXPECT_EQ(desk.story(47), desk.story(49));
}

// A trial of weeks: each day another witness says something else, about the same.
TEST(Drift, AStoryThatGoesOnForLongIsNot) {
  Desk desk;
  for (int day = 0; day < 36; ++day) {
    for (int i = 0; i < 8; ++i) {
      const std::string title = fmt::format(
          "Marten murder trial in Valmora: court hears witness{0} on thing{0}, day{1}", day, i);
      EXPECT_TRUE(desk.add(title, kNoon + std::chrono::days(day)).splits.empty()) << day;
    }
  }
  EXPECT_EQ(desk.largest(), 288U);
}

}  // namespace
}  // namespace tidings::stories
