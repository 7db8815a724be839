#include "tests/support/publisher/played_feed.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::publisher {
namespace {

using std::chrono::minutes;
using ::testing::HasSubstr;

const Time kNow = *parse_rfc3339("2026-11-23T18:30:00Z");
constexpr std::string_view kText =
    "host: news.test\ntitle: News\nlanguage: en\nformat: atom\nminutes: 5\n\n"
    "Ferry to [Aa|Bb|Cc] runs\nA. Writer / Transport\n[1] cheers [two|three] times & more.\n\n"
    "Nothing to choose\nA. Writer / Local\nSo it is.\n";

TEST(PlayedFeed, TellsEveryCombinationBeforeOneComesAgain) {
  const PlayedFeed feed = *parse_played_feed(kText);
  std::set<std::string> told;
  for (std::uint64_t round = 0; round < 6; ++round) {
    const DocumentItem item = played_item(feed, round * 2);
    told.insert(item.title + ": " + item.summary);
  }
  EXPECT_EQ(told.size(), 6u);
  EXPECT_TRUE(told.contains("Ferry to Bb runs: Bb cheers three times & more."));
  EXPECT_EQ(played_item(feed, 1).title, "Nothing to choose");
}

TEST(PlayedFeed, PublishesByTheClockAndGoesOnAfterARestart) {
  const PlayedFeed feed = *parse_played_feed(kText);
  const std::uint64_t before = played_count(feed, kNow);
  EXPECT_EQ(played_count(feed, kNow + minutes(5)), before + 1);
  EXPECT_EQ(played_count(*parse_played_feed(kText), kNow), before);
  const Time newest = played_item(feed, before - 1).published;
  EXPECT_LE(newest, kNow);
  EXPECT_GT(newest, kNow - minutes(5));
  const FeedText text = play(feed, before);
  EXPECT_THAT(text.body, HasSubstr("<published>" + format_rfc3339(newest)));
  EXPECT_THAT(text.body, HasSubstr("&amp; more."));
}

TEST(PlayedFeed, NamesWhatIsWrong) {
  struct Case {
    const char *why, *given, *expected;
  };
  for (const Case& c : {
           Case{"no stories", "host: a.test\ntitle: A\nminutes: 1\n", "there is no story"},
           Case{"no period", "host: a.test\ntitle: A\n\nB\nC / D\nE\n", "minutes are needed"},
           Case{"a story without its author", "host: a.test\n\nB\nC\nD\n", "author / topic"},
           Case{"an unknown format", "format: html\n", "no field of a feed: format: html"},
       }) {
    const Result<PlayedFeed> feed = parse_played_feed(c.given);
    ASSERT_FALSE(feed) << c.why;
    EXPECT_THAT(feed.error().message, HasSubstr(c.expected)) << c.why;
  }
}

TEST(PlayedFeed, TheDemosStoriesHaveNothingLeftToChoose) {
  const auto feeds = read_played_feeds(std::string(TIDINGS_TREE) + "/data/stories");
  ASSERT_TRUE(feeds) << feeds.error().message;
  EXPECT_GE(feeds->size(), 10u);
  std::set<std::string> hosts;
  for (const PlayedFeed& feed : *feeds) {
    EXPECT_TRUE(hosts.insert(feed.host).second) << feed.host;
    for (std::uint64_t index = 0; index < feed.stories.size() * 3; ++index) {
      const DocumentItem item = played_item(feed, index);
      EXPECT_EQ((item.title + item.summary).find_first_of("[]|"), std::string::npos) << item.title;
    }
  }
}

}  // namespace
}  // namespace tidings::publisher
