// What is sent badly, or meant badly, costs others nothing: no story swallows the rest.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "stories/test_desk.h"

namespace tidings::stories {
namespace {

constexpr std::string_view kFerry = "Ferry with 200 passengers runs aground off Kelby";
constexpr std::string_view kRescue = "Passengers rescued after Kelby ferry runs aground";

// The bound of grouping.h: beyond 300 articles a story has at most a quarter of all.
std::size_t largest_max(std::size_t articles) {
  return std::max<std::size_t>(300, articles / 4) + 1;
}

struct Flood {
  std::string_view why;
  std::string (*title)(int);
};

class Floods : public testing::TestWithParam<Flood> {};

// 10,000 articles at once, from one publisher.
TEST_P(Floods, SwallowNothing) {
  constexpr int kArticles = 10'000;
  Desk desk;
  desk.add(kFerry);
  for (int i = 0; i < kArticles; ++i) desk.add(GetParam().title(i));
  EXPECT_LE(desk.largest(), largest_max(kArticles));
  EXPECT_EQ(desk.add(kRescue).story, 1);
  EXPECT_EQ(std::count(desk.stories().begin(), desk.stories().end(), 1), 2);
}

INSTANTIATE_TEST_SUITE_P(
    All, Floods,
    testing::Values(
        Flood{"one title", [](int) { return std::string("Sale of the week ends tonight"); }},
        Flood{
            "one template",
            [](int i) { return fmt::format("Weather forecast for the coming week in Town{}", i); }},
        Flood{"numbers",
              [](int i) { return fmt::format("Lottery: the numbers are {} and {}", i, i * 7); }},
        Flood{"one word", [](int i) { return fmt::format("Word{}", i % 50); }},
        Flood{"the same word", [](int) { return std::string("Video"); }},
        Flood{"nothing", [](int) { return std::string(); }}),
    [](const auto& info) {
      std::string name(info.param.why);
      std::replace(name.begin(), name.end(), ' ', '_');
      return name;
    });

TEST(GroupingBounds, TitlesOfOneWordJoinNoOtherWord) {
  Desk desk;
  for (int i = 0; i < 200; ++i) desk.add(i % 2 == 0 ? "Kelby" : "Valmora");
  for (int i = 0; i < 200; ++i) EXPECT_EQ(desk.story(i + 1), i % 2 + 1) << i;
}

// 1970, as where no date was told.
TEST(GroupingBounds, ArticlesWithoutADateEndNothing) {
  Desk desk;
  desk.add(kFerry);
  for (int i = 0; i < 600; ++i)
    desk.add(fmt::format("w{0}a w{0}b w{0}c w{0}d", i), i % 2 == 0 ? Time{} : kNoon);
  EXPECT_EQ(desk.add(kRescue).story, 1);
  EXPECT_EQ(desk.add("Captain of grounded Kelby ferry questioned", Time{}).story, 1);
}

// Forward for good, as when a stored corpus has a gap: the old ends, the new is grouped as ever.
TEST(GroupingBounds, AClockThatJumpsForwardEndsWhatIsOld) {
  Desk desk;
  desk.add(kFerry);
  const Time later = kNoon + std::chrono::days(400);
  for (int i = 0; i < 600; ++i) desk.add(fmt::format("w{0}a w{0}b w{0}c w{0}d", i), later);
  EXPECT_NE(desk.add(kRescue, later).story, 1);
  const std::int64_t opened = desk.add("Marten wins the downhill race in Kitzstein", later).story;
  EXPECT_EQ(desk.add("Downhill race in Kitzstein: Marten wins", later).story, opened);
}

// Back for good, as when older articles are read later: what lives stays, the old is grouped too.
TEST(GroupingBounds, AClockThatJumpsBackEndsNothing) {
  Desk desk;
  desk.add(kFerry);
  const Time before = kNoon - std::chrono::days(400);
  for (int i = 0; i < 600; ++i) desk.add(fmt::format("w{0}a w{0}b w{0}c w{0}d", i), before);
  const std::int64_t opened = desk.add("Marten wins the downhill race in Kitzstein", before).story;
  EXPECT_EQ(desk.add("Downhill race in Kitzstein: Marten wins", before).story, opened);
  EXPECT_EQ(desk.add(kRescue).story, 1);
}

// Every other clock is wrong, by centuries, both ways.
TEST(GroupingBounds, ClocksThatAllDisagreeAreNoHarm) {
  Desk desk;
  for (int i = 0; i < 2000; ++i) {
    const int wrong = i % 4 == 1 ? 36'500 : i % 4 == 3 ? -36'500 : 0;
    desk.add(i % 2 == 0 ? std::string(kFerry) : fmt::format("w{0}a w{0}b w{0}c w{0}d", i),
             kNoon + std::chrono::days(wrong));
  }
  EXPECT_LE(desk.largest(), largest_max(2000));
  EXPECT_LE(desk.grouping().live(), 2000U);
}

}  // namespace
}  // namespace tidings::stories
