#include "stories/duplicates.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "stories/test_desk.h"

namespace tidings::stories {
namespace {

constexpr Time kDay{std::chrono::days(20'000)};
constexpr std::string_view kTitle = "Ferry runs aground in the strait";
constexpr std::string_view kText =
    "A ferry with 214 people on board ran aground in the northern strait early on Monday after its "
    "steering failed, the coast guard said. Nobody was hurt. Two tugs from the harbor of Kelby "
    "reached the ship within the hour, and passengers were taken ashore in lifeboats while a "
    "helicopter circled above. The captain told investigators that both rudders had stopped "
    "answering shortly before the ship was due to turn. The line, which has run the crossing since "
    "1962, canceled all sailings for the day. Divers will look at the hull once the weather "
    "allows.";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what))
    text.replace(at, what.size(), with);
  return text;
}

TEST(DuplicateIndex, FindsCopiesHoweverTheyWereDressed) {
  const std::string trimmed(kText.substr(0, kText.size() * 7 / 10));
  struct Case {
    std::string_view why;
    std::string title, text;
  };
  const std::vector<Case> cases = {
      {"the same", std::string(kTitle), std::string(kText)},
      {"another title", "Ship stuck on rocks", std::string(kText)},
      {"trimmed", std::string(kTitle), trimmed},
      {"header and footer", std::string(kTitle),
       fmt::format("KELBY (Wire) – {}\nCopyright 2026. All rights reserved.", kText)},
      {"other quotation marks and case", "FERRY RUNS AGROUND IN THE STRAIT",
       replaced(replaced(std::string(kText), ",", " –"), "coast guard", "“Coast Guard”")},
      {"some words changed, and trimmed", "Ferry aground",
       replaced(replaced(replaced(trimmed, "northern", "icy"), "reached", "got to"), "told",
                "informed")},
  };
  for (const Case& given : cases) {
    DuplicateIndex index;
    EXPECT_FALSE(add(index, 1, kDay, kTitle, kText));
    const auto copy = add(index, 2, kDay + std::chrono::hours(2), given.title, given.text);
    ASSERT_TRUE(copy) << given.why;
    EXPECT_EQ(copy->original, 1) << given.why;
    EXPECT_GT(copy->similarity, 0.3) << given.why;
    EXPECT_LE(copy->similarity, 1.0) << given.why;
  }
}

TEST(DuplicateIndex, LeavesOtherReportsOfTheSameEventAlone) {
  DuplicateIndex index;
  EXPECT_FALSE(add(index, 1, kDay, kTitle, kText));
  EXPECT_FALSE(add(index, 2, kDay, "Passengers safe after ferry hits rocks",
                   "More than two hundred passengers are safe after the ferry between Kelby "
                   "and the islands hit rocks on Monday morning. The ship lost its steering, "
                   "its owner said, and drifted out of the channel. Lifeboats brought "
                   "everyone to the shore. An inquiry has begun into what went wrong."));
}

// Quarterly figures, fixings, weather: the words are the same each time.
TEST(DuplicateIndex, TellsReportsOfOneTemplateApartByTheirNumbers) {
  const auto figures = [](int a, int b, int c, int d) {
    return fmt::format(
        "Shares of the company closed at {} after it reported a profit per share of {} cents for "
        "the fourth quarter, against {} cents a year before, and revenue of {} million dollars. "
        "The board will propose a dividend at the meeting of shareholders in spring, as in the "
        "year before. The company expects demand to stay as it is in the months ahead.",
        a, b, c, d);
  };
  DuplicateIndex index;
  EXPECT_FALSE(add(index, 1, kDay, "Alder Mills 4th quarter net", figures(431, 72, 64, 1830)));
  EXPECT_FALSE(add(index, 2, kDay, "Brandt Steel fourth-quarter figures are out now for all",
                   replaced(figures(77, 13, 19, 244), "The board will propose a dividend",
                            "The directors mean to offer no dividend")));
}

TEST(DuplicateIndex, NamesTheFirstOfItsKind) {
  DuplicateIndex index;
  EXPECT_FALSE(add(index, 7, kDay, kTitle, kText));
  EXPECT_EQ(add(index, 8, kDay, kTitle, kText)->original, 7);
  EXPECT_EQ(add(index, 9, kDay, kTitle, kText)->original, 7);
}

TEST(DuplicateIndex, SaysNothingOfTextsThatSayTooLittle) {
  struct Case {
    std::string_view title, text, other_title;
    bool is_copy;
  };
  for (const Case& given : std::vector<Case>{
           {"", "", "", false},
           {"Obituary", "", "Obituary", false},
           {"Live updates today", "", "Live updates today", false},
           {"Council votes down the new bridge", "", "Council votes down the new bridge", true},
           {"Council votes down the new bridge", "", "Council votes down the new tunnel", false},
       }) {
    DuplicateIndex index;
    EXPECT_FALSE(add(index, 1, kDay, given.title, given.text));
    EXPECT_EQ(add(index, 2, kDay, given.other_title, given.text).has_value(), given.is_copy)
        << given.title;
  }
}

TEST(DuplicateIndex, ForgetsWhatIsOld) {
  DuplicateIndex index({.articles_max = 10, .age_max = std::chrono::days(3)});
  EXPECT_FALSE(add(index, 1, kDay, kTitle, kText));
  EXPECT_FALSE(add(index, 2, kDay + std::chrono::days(4), kTitle, kText)) << "days later";
  EXPECT_EQ(add(index, 3, kDay + std::chrono::days(5), kTitle, kText)->original, 2);
  for (int i = 0; i < 10; ++i)
    add(index, 100 + i, kDay, fmt::format("{0} {0}x {0}y {0}z {0}w", i),
        fmt::format("a{0} b{0} c{0} d{0} e{0} f{0} g{0} h{0}", i));
  EXPECT_EQ(index.size(), 10U);
  EXPECT_FALSE(add(index, 4, kDay + std::chrono::days(5), kTitle, kText)) << "ten articles later";
}

TEST(DuplicateIndex, ReadsScriptsWithoutSpaces) {
  constexpr std::string_view kJapanese =
      "北の海峡で月曜日の早朝、二百人を乗せたフェリーが舵の故障で座礁したと海上保安庁が発表した。"
      "けが人はいない。";
  DuplicateIndex index;
  EXPECT_FALSE(add(index, 1, kDay, "フェリー座礁", kJapanese));
  EXPECT_TRUE(add(index, 2, kDay, "海峡でフェリーが座礁", kJapanese));
  EXPECT_FALSE(add(index, 3, kDay, "市議会が新しい橋の計画を否決した",
                   "市議会は火曜日の夜、十年にわたって議論されてきた橋の計画を否決した。"));
}

// Whatever is thrown at it, it answers, and remembers no more than it may.
TEST(DuplicateIndex, TakesThousandsOfOneTemplateWithoutSlowingDown) {
  DuplicateIndex index({.articles_max = 1000});
  for (int i = 0; i < 3000; ++i) add(index, i, kDay, kTitle, kText);
  EXPECT_EQ(index.size(), 1000U);
}

}  // namespace
}  // namespace tidings::stories
