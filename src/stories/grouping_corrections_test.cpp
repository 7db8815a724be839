#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "stories/test_desk.h"

namespace tidings::stories {
namespace {

constexpr std::string_view kFerry = "Ferry with 200 passengers runs aground off Kelby";
constexpr std::string_view kBank = "Central bank of Norland raises interest rates to four percent";

ErrorKind kind_of(const Result<Split>& result) {
  EXPECT_FALSE(result);
  return result.error().kind;
}

TEST(Corrections, WhatAPersonMergedIsOne) {
  Desk desk;
  desk.add(kFerry);
  desk.add("Two tugs on their way to stricken ship in northern strait");
  ASSERT_NE(desk.story(1), desk.story(2));
  const Result<std::int64_t> merged = desk.grouping().merge(1, 2);
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_EQ(*merged, 1);
  EXPECT_EQ(desk.grouping().live(), 1U);
  EXPECT_EQ(desk.add("Tugs reach stricken ship in northern strait").story, 1);
  EXPECT_EQ(desk.add("Kelby ferry passengers safe").story, 1);
}

// Each kind joins its own, and however alike the two become, they stay two.
TEST(Corrections, WhatAPersonSplitIsTwo) {
  Desk desk;
  for (int i = 0; i < 4; ++i) desk.add(i % 2 == 0 ? kFerry : "Kelby ferry aground: 200 passengers");
  ASSERT_EQ(desk.largest(), 4U);
  const Result<Split> split = desk.split(1, {2, 4});
  ASSERT_TRUE(split) << split.error().message;
  EXPECT_EQ(split->story, 2);
  EXPECT_EQ(split->articles, (std::vector<std::int64_t>{2, 4}));
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(desk.add(kFerry).merged.empty());
    EXPECT_TRUE(desk.add("Kelby ferry aground: 200 passengers").merged.empty());
    desk.add("Ferry aground off Kelby with 200 passengers");
  }
  EXPECT_EQ(desk.story(5), 1);
  EXPECT_EQ(desk.story(6), 2);
  EXPECT_EQ(desk.grouping().live(), 2U);
}

TEST(Corrections, ASplitHoldsThroughMergers) {
  Desk desk;
  for (int i = 0; i < 4; ++i) desk.add(kFerry);
  ASSERT_TRUE(desk.split(1, {3, 4}));
  desk.add(kBank);
  ASSERT_TRUE(desk.grouping().merge(3, 5));  // 3 has more articles, and stays
  desk.add("Norland's central bank raises rates");
  ASSERT_TRUE(desk.grouping().merge(1, 3));  // a person may
  EXPECT_EQ(desk.grouping().live(), 1U);
}

TEST(Corrections, WhatAStoryIsApartFromItsHeirIsApartFrom) {
  Desk desk;
  for (int i = 0; i < 4; ++i) desk.add(kFerry);
  ASSERT_TRUE(desk.split(1, {4}));  // one article: it loses its name in a merger
  for (int i = 0; i < 3; ++i) desk.add(kBank);
  ASSERT_EQ(*desk.grouping().merge(4, 5), 5);
  for (int i = 0; i < 40; ++i) {
    desk.add(kFerry);
    desk.add("Ferry with 200 passengers runs aground as central bank of Norland raises rates");
  }
  EXPECT_EQ(desk.grouping().live(), 2U);
}

TEST(Corrections, AnArticleThatWasTakenOutStaysOut) {
  Desk desk;
  for (int i = 0; i < 3; ++i) desk.add(kFerry);
  const std::vector<TermAmount> terms = terms_of_title(kFerry, "en");
  const Result<Split> removed =
      desk.grouping().remove(1, {.key = 2, .published = kNoon, .language = "en", .terms = terms});
  ASSERT_TRUE(removed) << removed.error().message;
  EXPECT_EQ(removed->story, 2);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(desk.add(kFerry).merged.empty());
  EXPECT_EQ(desk.grouping().live(), 2U);
}

// The one that opened a story leaves its name there.
TEST(Corrections, TheNewStoryHasANameOfItsOwn) {
  Desk desk;
  for (int i = 0; i < 4; ++i) desk.add(kFerry);
  EXPECT_EQ(kind_of(desk.split(1, {1})), ErrorKind::InvalidInput);
  const Result<Split> split = desk.split(1, {1, 3});
  ASSERT_TRUE(split) << split.error().message;
  EXPECT_EQ(split->story, 3);
  // 1 lives in 3 now, and its name is taken still.
  EXPECT_EQ(kind_of(desk.split(3, {1})), ErrorKind::InvalidInput);
}

TEST(Corrections, SayWhatCannotBe) {
  Desk desk({.live_max = 1000, .idle_max = std::chrono::days(2)});
  for (int i = 0; i < 2; ++i) desk.add(kFerry);
  desk.add(kBank);
  EXPECT_EQ(kind_of(desk.split(77, {1})), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(desk.split(2, {2})), ErrorKind::NotFound);  // it is part of 1
  EXPECT_EQ(kind_of(desk.split(1, {})), ErrorKind::InvalidInput);
  EXPECT_EQ(kind_of(desk.split(1, {1, 2})), ErrorKind::InvalidInput);  // none would stay
  EXPECT_EQ(kind_of(desk.split(3, {3})), ErrorKind::InvalidInput);
  EXPECT_EQ(desk.grouping().merge(1, 1).error().kind, ErrorKind::InvalidInput);
  EXPECT_EQ(desk.grouping().merge(1, 2).error().kind, ErrorKind::NotFound);
  for (int i = 0; i < 300; ++i)
    desk.add(fmt::format("w{0}a w{0}b w{0}c w{0}d", i), kNoon + std::chrono::days(3));
  EXPECT_EQ(desk.grouping().merge(1, 3).error().kind, ErrorKind::NotFound);  // both have ended
}

TEST(Corrections, ARestartForgetsNone) {
  Desk whole;
  for (int i = 0; i < 6; ++i) whole.add(kFerry);
  for (int i = 0; i < 3; ++i) whole.add(kBank);
  ASSERT_TRUE(whole.split(1, {2, 4, 5}));
  ASSERT_TRUE(whole.grouping().merge(1, 7));
  Result<Grouping> restored = restored_from<Grouping>(saved(whole.grouping()));
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(saved(*restored), saved(whole.grouping()));
  Desk after(*std::move(restored));
  for (std::size_t i = 0; i < whole.stories().size(); ++i) after.add("");
  Desk before(*restored_from<Grouping>(saved(whole.grouping())));
  for (std::size_t i = 0; i < whole.stories().size(); ++i) before.add("");
  for (int i = 0; i < 30; ++i) {
    const std::string title = fmt::format("Ferry aground off Kelby, day {} of rates", i);
    EXPECT_EQ(after.add(title).story, before.add(title).story);
  }
  EXPECT_EQ(saved(after.grouping()), saved(before.grouping()));
}

TEST(Apart, ForgetsTheOldestPairs) {
  Apart apart;
  constexpr auto kPairs = static_cast<std::int64_t>(Apart::kPairsMax) + 10;
  for (std::int64_t i = 0; i < kPairs; ++i) apart.add(2 * i, 2 * i + 1);
  EXPECT_EQ(apart.size(), Apart::kPairsMax);
  EXPECT_FALSE(apart.contains(18, 19));
  EXPECT_TRUE(apart.contains(20, 21));
  apart.rename(20, 500'000);
  EXPECT_TRUE(apart.contains(21, 500'000));
  EXPECT_FALSE(apart.contains(20, 21));
  apart.forget(21);
  EXPECT_FALSE(apart.contains(500'000, 21));
  EXPECT_EQ(apart.size(), Apart::kPairsMax - 1);
}

}  // namespace
}  // namespace tidings::stories
