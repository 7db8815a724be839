#include "model/source_record.h"

#include <gtest/gtest.h>

namespace tidings {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

SourceRecord full_record() {
  SourceRecord record;
  record.body_bytes = 30'000;
  record.last_full_at = kNow;
  record.silence_max = std::chrono::hours(9);
  record.false_304s = 2;
  record.quiet = {.hours = 0x80'0001, .days = 0x41};
  record.move = {.url = "https://new.example/a,b?c=d", .since = kNow, .answers = 2};
  record.add({.at = kNow, .outcome = FetchOutcome::NewArticles});
  record.add({.at = kNow + minutes(5), .outcome = FetchOutcome::Failed, .error_class = "http_503"});
  record.add({.at = kNow + minutes(15), .outcome = FetchOutcome::NotModified});
  return record;
}

TEST(SourceRecord, ComesBackAsItWas) {
  EXPECT_EQ(decode_record(encode_record(full_record())), full_record());
  EXPECT_EQ(decode_record(encode_record({})), SourceRecord());
  EXPECT_EQ(encode_record({}), "");
}

TEST(SourceRecord, IsShort) {
  SourceRecord record = full_record();
  for (int i = 0; i < 100; ++i)
    record.add({.at = kNow + minutes(10 * i), .outcome = FetchOutcome::NotModified});
  EXPECT_EQ(record.fetches.size(), kFetchesKept);
  EXPECT_LT(encode_record(record).size(), 220u) << encode_record(record);
}

TEST(SourceRecord, WhatCannotBeReadIsPassedOver) {
  for (const char* text :
       {"?", "t", "tx", "r1", "r1,2", "n+", "n+x", "z5 zz+5", "h99999999999999999999", "q-1,-1",
        "n+99999999999999 n+99999999999999", "   "}) {
    const SourceRecord record = decode_record(text);
    EXPECT_EQ(record.false_304s, 0) << text;
    EXPECT_EQ(decode_record(encode_record(record)), record) << text;
  }
  EXPECT_EQ(decode_record("t7 y9,8,7 b5").body_bytes, 5);
}

TEST(SourceRecord, AveragesTheTimeBetweenFetches) {
  SourceRecord record;
  record.add({.at = kNow, .outcome = FetchOutcome::NewArticles});
  record.add({.at = kNow + seconds(600), .outcome = FetchOutcome::NotModified});
  EXPECT_EQ(record.interval_average, seconds(600));
  record.add({.at = kNow + seconds(1600), .outcome = FetchOutcome::NothingNew});
  EXPECT_EQ(record.interval_average, seconds(700));
  EXPECT_EQ(record.fetches_total, 3);
  EXPECT_EQ(record.changes_total, 1);
  EXPECT_EQ(record.empty_changes_total, 1);
}

TEST(SourceRecord, LearnsThatAFetchBroughtSomething) {
  SourceRecord record;
  record.add({.at = kNow, .outcome = FetchOutcome::NothingNew});
  EXPECT_EQ(record.empty_changes_total, 1);
  record.note_new_articles();
  record.note_new_articles();
  EXPECT_EQ(record.fetches.back().outcome, FetchOutcome::NewArticles);
  EXPECT_EQ(record.changes_total, 1);
  EXPECT_EQ(record.empty_changes_total, 0);
}

}  // namespace
}  // namespace tidings
