#include "sources/trust.h"

#include <gtest/gtest.h>

namespace tidings::sources {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// Ten articles an hour, whole and new at kNow, then 304.
Source busy_source() {
  Source source;
  source.state.etag = "\"1\"";
  source.state.articles_per_day = 240;
  source.state.last_new_at = kNow;
  source.state.record.last_full_at = kNow;
  source.state.record.add({.at = kNow + minutes(5), .outcome = FetchOutcome::NotModified});
  return source;
}

TEST(Validators, AreDoubtedAfterALongSilence) {
  Source source = busy_source();
  EXPECT_FALSE(should_ask_whole(source, kNow + hours(11))) << "a night";
  EXPECT_TRUE(should_ask_whole(source, kNow + hours(12)));
  source.state.record.silence_max = hours(14);
  EXPECT_FALSE(should_ask_whole(source, kNow + hours(27))) << "it has long nights";
  EXPECT_TRUE(should_ask_whole(source, kNow + hours(28)));

  Source slow = busy_source();
  slow.state.articles_per_day = 1;
  EXPECT_FALSE(should_ask_whole(slow, kNow + hours(24 * 7)));
  EXPECT_TRUE(should_ask_whole(slow, kNow + hours(24 * 8)));

  Source without = busy_source();
  without.state.etag.clear();
  EXPECT_FALSE(should_ask_whole(without, kNow + hours(100))) << "it is asked so anyway";
}

// The share of requests in vain is bounded: the silence has to double between two of them.
TEST(Validators, AreHardlyEverDoubtedInVain) {
  Source source = busy_source();
  int whole = 0;
  for (Time now = kNow; now < kNow + hours(24 * 365); now += hours(1)) {
    if (!should_ask_whole(source, now)) continue;
    ++whole;
    source.state.record.last_full_at = now;
  }
  EXPECT_EQ(whole, 10);
}

TEST(Validators, ALieIsRemembered) {
  const auto after = [](Time published) {
    Source source = busy_source();
    source.state.record.add({.at = kNow + hours(12), .outcome = FetchOutcome::NotModified});
    SourceState before = source.state;
    before.etag.clear();
    SourceState state = before;
    Feed feed;
    feed.entries.resize(1);
    feed.entries[0].published = published;
    note_whole_answer(state, before, feed, kNow + hours(13));
    return state.record.false_304s;
  };
  EXPECT_EQ(after(kNow + hours(2)), 1) << "304 had denied it";
  EXPECT_EQ(after(kNow - hours(2)), 0) << "known";
  EXPECT_EQ(after(kNow + hours(12) + minutes(30)), 0) << "newer than the last 304";
}

TEST(Move, IsBelievedOnConsistentEvidence) {
  const std::string there = "https://new.example/feed", login = "https://login.example/";
  MoveEvidence evidence;
  EXPECT_EQ(believed_move(evidence, there, "", kNow), "");
  EXPECT_EQ(believed_move(evidence, there, "", kNow + hours(1)), "");
  EXPECT_EQ(believed_move(evidence, there, "", kNow + hours(2)), "") << "not yet a day";
  EXPECT_EQ(believed_move(evidence, login, "", kNow + hours(23)), "") << "begins anew";
  EXPECT_EQ(believed_move(evidence, there, "", kNow + hours(24)), "");
  EXPECT_EQ(believed_move(evidence, there, "", kNow + hours(30)), "");
  EXPECT_EQ(believed_move(evidence, "", "", kNow + hours(40)), "") << "not for good after all";
  EXPECT_EQ(believed_move(evidence, there, "", kNow + hours(50)), "");
  EXPECT_EQ(believed_move(evidence, there, "", kNow + hours(60)), "");
  EXPECT_EQ(believed_move(evidence, there, "", kNow + hours(74)), there);
  EXPECT_EQ(evidence, MoveEvidence());
}

TEST(Move, IsBelievedWhenTheFeedSaysSo) {
  const std::string there = "https://new.example/feed";
  MoveEvidence evidence;
  EXPECT_EQ(believed_move(evidence, there, "https://old.example/feed", kNow), "");
  EXPECT_EQ(believed_move(evidence, there, there, kNow), there);
}

}  // namespace
}  // namespace tidings::sources
