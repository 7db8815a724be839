#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/bounded_queue.h"
#include "core/compression.h"
#include "core/hash.h"
#include "core/ids.h"
#include "core/json_writer.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/result.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/utf8.h"
#include "core/xml_text.h"

namespace tidings {
namespace {

using testing::HasSubstr;

Time at(const char* text) {
  return parse_rfc3339(text).value();
}

Result<int> twice(Result<int> input) {
  return TRY(std::move(input)) * 2;
}

TEST(Result, TryUnwrapsOrReturnsTheError) {
  EXPECT_EQ(*twice(21), 42);
  const Result<int> failed =
      twice(with_context(Result<int>(not_found("no such thing")), "look up"));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "look up: no such thing");
  EXPECT_EQ(failed.error().kind, ErrorKind::NotFound);
}

TEST(Rfc3339, ReadsWhatItWrites) {
  for (const char* text :
       {"2026-11-23T18:30:00Z", "1970-01-01T00:00:00.5Z", "0001-02-28T23:59:59.000001Z"}) {
    EXPECT_EQ(format_rfc3339(at(text)), text);
  }
  EXPECT_EQ(at("2026-11-23T20:00:00+01:30"), at("2026-11-23T18:30:00Z"));
  EXPECT_EQ(at("2026-11-23t13:30:00-05:00"), at("2026-11-23T18:30:00z"));
}

TEST(Rfc3339, IsWrittenByTheClockOfItsWriter) {
  using std::chrono::minutes;
  const auto written = [](const char* instant, int offset) {
    return format_rfc3339(ZonedTime{.time = at(instant), .offset = minutes(offset)});
  };
  EXPECT_EQ(written("2026-11-24T03:30:00.5Z", -270), "2026-11-23T23:00:00.5-04:30");
  EXPECT_EQ(written("2026-11-23T18:30:00Z", 345), "2026-11-24T00:15:00+05:45");
  EXPECT_EQ(written("2026-11-23T18:30:00Z", 0), "2026-11-23T18:30:00Z");
}

TEST(Rfc3339, RefusesEverythingElse) {
  for (const char* text :
       {"", "2026-11-23", "2026-02-30T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T18:30:00",
        "2026-11-23T18:30:00Z ", "2026-11-23T18:30:00.Z", "2026-11-23T18:30:00+1:00"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(HttpDate, ReadsAllThreeForms) {
  const Time expected = at("1994-11-06T08:49:37Z");
  EXPECT_EQ(format_http_date(expected), "Sun, 06 Nov 1994 08:49:37 GMT");
  for (const char* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                           "Sun Nov  6 08:49:37 1994"}) {
    EXPECT_EQ(parse_http_date(text), expected) << text;
  }
  for (const char* text :
       {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 99 Nov 1994 08:49:37 GMT"}) {
    EXPECT_FALSE(parse_http_date(text)) << text;
  }
}

TEST(Utf8, RepairsEachMaximalBadPartOnce) {
  EXPECT_TRUE(is_valid_utf8("plain, grüße, 新聞, \xF0\x9F\x93\xB0"));
  struct Case {
    const char* why;
    std::string given, expected;
  };
  for (const Case& c :
       std::vector<Case>{{"truncated at the end", "ab\xE2\x82", "ab\xEF\xBF\xBD"},
                         {"overlong", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
                         {"surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
                         {"cut by ASCII",
                          "\xF0\x9F\x93"
                          "a",
                          "\xEF\xBF\xBD"
                          "a"}}) {
    EXPECT_FALSE(is_valid_utf8(c.given)) << c.why;
    EXPECT_EQ(repaired_utf8(c.given), c.expected) << c.why;
  }
}

TEST(Utf8, BlanksKeepTheSize) {
  std::string text =
      "a\xFF"
      "b\xE2\x82"
      "c\xC3\xA9\xF0";
  blank_invalid_utf8(text);
  EXPECT_EQ(text, "a b  c\xC3\xA9 ");
}

TEST(Utf8, PrefixNeverCutsACodePoint) {
  EXPECT_EQ(utf8_prefix("aüb", 2), "a");
  EXPECT_EQ(utf8_prefix("aüb", 3), "aü");
  EXPECT_EQ(utf8_prefix("aüb", 9), "aüb");
}

TEST(JsonWriter, WritesNestedValuesAndEscapes) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("text", "a\"\\\n\x01");
  json.field("bad", std::string("\xFF"));
  json.field("number", -7);
  json.field("ratio", 0.1);
  json.field("yes", true);
  json.field("at", at("2026-11-23T18:30:00Z"));
  json.field_if("absent", "");
  json.key("list");
  json.begin_array();
  json.value(1);
  json.begin_object();
  json.end_object();
  json.null();
  json.end_array();
  json.end_object();
  EXPECT_EQ(out,
            "{\"text\":\"a\\\"\\\\\\n\\u0001\",\"bad\":\"\xEF\xBF\xBD\",\"number\":-7,\"ratio\":0."
            "1,\"yes\":true,"
            "\"at\":\"2026-11-23T18:30:00Z\",\"list\":[1,{},null]}");
}

TEST(JsonWriter, EscapesWhereverTheCharacterStands) {
  for (const char bad : {'\0', '\x01', '\x1F', '"', '\\', '\x7F'}) {
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, '~');
      text[at] = bad;
      std::string json;
      append_json_string(json, text);
      EXPECT_EQ(json.substr(0, at + 1), '"' + std::string(at, '~')) << int(bad) << " at " << at;
      EXPECT_EQ(json[at + 1], '\\') << int(bad) << " at " << at;
      EXPECT_EQ(json.substr(json.size() - (20 - at)), std::string(19 - at, '~') + '"');
    }
  }
  std::string json;
  append_json_string(json, " !#[]~abc");
  EXPECT_EQ(json, "\" !#[]~abc\"");
}

TEST(Log, WritesOneJsonObjectAnEvent) {
  std::string line;
  log::set_sink([&line](std::string_view text) { line = text; });
  log::warn("entry.rejected", {{"source_id", 7}, {"reason", "no \"link\""}});
  log::set_sink({});
  EXPECT_THAT(
      line,
      HasSubstr(
          R"("level":"warn","event":"entry.rejected","source_id":7,"reason":"no \"link\""})"));
}

TEST(Metrics, RendersForPrometheus) {
  Metrics metrics;
  metrics.counter("fetches_total", "Fetches.", {{"outcome", "ok"}}).add(3);
  EXPECT_EQ(&metrics.counter("fetches_total", "Fetches.", {{"outcome", "ok"}}),
            &metrics.counter("fetches_total", "Fetches.", {{"outcome", "ok"}}));
  metrics.histogram("commit_seconds", "Commits.").observe(0.002);
  metrics.gauge_from("event_lag", "Lag.", [] { return 5.0; });
  const std::string text = metrics.render();
  EXPECT_THAT(
      text,
      HasSubstr("# TYPE tidings_fetches_total counter\ntidings_fetches_total{outcome=\"ok\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("tidings_commit_seconds_bucket{le=\"0.001\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("tidings_commit_seconds_bucket{le=\"0.005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("tidings_commit_seconds_count 1\n"));
  EXPECT_THAT(text, HasSubstr("tidings_event_lag 5\n"));
}

TEST(Compression, EachCodecReadsBackWhatItWrote) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "line " + std::to_string(i) + "\n";
  for (const Compression codec : {Compression::Gzip, Compression::Brotli, Compression::Zstd}) {
    const std::string packed = compress(text, codec, 3);
    EXPECT_LT(packed.size(), text.size() / 2);
    EXPECT_EQ(decompress(packed, codec, text.size()).value(), text);
    EXPECT_EQ(decompress(compress("", codec, 1), codec, 0).value(), "");
  }
}

TEST(Compression, StopsAtTheLimitAndOnDamage) {
  const std::string bomb(50'000'000, ' ');
  for (const Compression codec : {Compression::Gzip, Compression::Brotli, Compression::Zstd}) {
    const std::string packed = compress(bomb, codec, 3);
    EXPECT_EQ(decompress(packed, codec, 1'000'000).error().code, "too_large");
    EXPECT_EQ(decompress(packed.substr(0, packed.size() / 2), codec, bomb.size()).error().kind,
              ErrorKind::Corrupt);
    EXPECT_EQ(decompress("not compressed at all", codec, 1000).error().kind, ErrorKind::Corrupt);
  }
}

TEST(Hash, GivesTheKnownDigests) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash64(""), 0x2D06800538D394C2ULL);
  EXPECT_NE(hash128("a"), hash128("b"));
}

TEST(Ids, AreTimeOrderedAndBelow2To53) {
  const std::int64_t now_ms = 1'795'458'600'000;  // 2026-11-23
  const std::int64_t first = next_id_after(0, now_ms);
  EXPECT_EQ(next_id_after(first, now_ms), first + 1);
  EXPECT_GT(next_id_after(first, now_ms + 1), first + 4000);
  EXPECT_EQ(next_id_after(first, now_ms - 60'000), first + 1)
      << "a clock that went back must not repeat an id";
  EXPECT_LT(next_id_after(0, 3'755'000'000'000), std::int64_t{1} << 53) << "the year 2088";
}

TEST(Ids, ParseOnlyPositiveDecimals) {
  EXPECT_EQ(parse_id<ArticleId>("42"), ArticleId(42));
  for (const char* text : {"", "0", "-1", "+1", " 1", "1x", "99999999999999999999"}) {
    EXPECT_FALSE(parse_id<ArticleId>(text)) << text;
  }
}

TEST(BoundedQueue, FullWaitsAndClosedDrains) {
  BoundedQueue<int> queue(2);
  std::jthread producer([&queue] {
    for (int i = 0; i < 100; ++i) queue.push(i);
    queue.close();
  });
  std::vector<int> seen;
  while (true) {
    const std::vector<int> taken = queue.pop_many(10);
    if (taken.empty()) break;
    EXPECT_LE(taken.size(), 2u);
    seen.insert(seen.end(), taken.begin(), taken.end());
  }
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_FALSE(queue.push(1));
}

TEST(Strings, CompareWithoutLocale) {
  EXPECT_TRUE(iequals("ETag", "etag"));
  EXPECT_TRUE(istarts_with("Content-Type", "content-"));
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(parse_int("-12"), -12);
  EXPECT_FALSE(parse_int("12 "));
}

TEST(XmlText, EscapesMarkupAndLeavesOutWhatXmlCannotHold) {
  EXPECT_EQ(xml_text("a<b> & \"c\"\n\t\x01\x7f"), "a&lt;b&gt; &amp; &quot;c&quot;\n\t\x7f");
  EXPECT_EQ(xml_attribute("one\ntwo"), "one&#10;two");
  EXPECT_EQ(xml_text("a\xef\xbf\xbf"
                     "b\xef\xbb\xbf"
                     "c"),
            "ab\xef\xbb\xbf"
            "c");
  EXPECT_EQ(xml_text("bad\xff"), "bad\xef\xbf\xbd");
}

}  // namespace
}  // namespace tidings
