#include "query/parse.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/canonical.h"

namespace tidings::query {
namespace {

using testing::HasSubstr;

// 2026-11-27T12:34:56Z, a Friday.
QueryContext context() {
  return {.now = *parse_rfc3339("2026-11-27T12:34:56Z"), .time_zone = "UTC"};
}

std::string read(std::string_view written, const QueryContext& in = context()) {
  const Result<Query> query = parse_query(written, in);
  return query ? to_string(*query) : "error: " + query.error().message;
}

struct Case {
  std::string_view why;
  std::string_view written;
  std::string_view expected;
};

TEST(ParseQuery, ReadsWordsAndOperators) {
  constexpr Case kCases[] = {
      {"nothing asked for", "", "*"},
      {"blanks", " \t\u3000", "*"},
      {"a star", "*", "*"},
      {"lower case", "Climate", "climate"},
      {"AND is between words", "climate change", "climate change"},
      {"AND written", "climate AND change", "climate change"},
      {"OR binds less", "a b OR c d", "(a b) OR (c d)"},
      {"parentheses", "a (b OR c)", "a (b OR c)"},
      {"groups stay as written", "(a b) c", "(a b) c"},
      {"lower case or is a word", "rock or roll", "rock or roll"},
      {"minus", "jaguar -car", "jaguar -car"},
      {"NOT", "jaguar NOT car", "jaguar -car"},
      {"NOT alone", "NOT car", "-car"},
      {"NOT binds its word only", "NOT a b", "-a b"},
      {"NOT a group", "-(a OR b)", "-(a OR b)"},
      {"signs of programmers", "a && b || c", "(a b) OR c"},
      {"plus says what is so anyway", "+a +b", "a b"},
      {"exact", "=Turkey", "=turkey"},
      {"prefix", "Elect*", "elect*"},
      {"prefix without diacritics", "Élec*", "elec*"},
      {"typo tolerant", "Zürich~", "zurich~"},
      {"phrase", "\"Climate  Change\"", "\"climate change\""},
      {"phrase of one word", "\"climate\"", "climate"},
      {"exact phrase outside", "=\"the turkey\"", "\"=the =turkey\""},
      {"exact phrase inside", "\"=the turkey\"", "\"=the turkey\""},
      {"phrase with a star", "\"climate chang*\"", "\"climate chang*\""},
      {"near", "a NEAR/5 b", "(a NEAR/5 b)"},
      {"near alone", "a NEAR b", "(a NEAR/10 b)"},
      {"near of three", "\"a b\" NEAR/3 c NEAR/3 dog*", "(\"a b\" NEAR/3 c NEAR/3 dog*)"},
      {"near binds more than AND", "x a NEAR/5 b y", "x (a NEAR/5 b) y"},
      {"near in a title", "title:(a NEAR/5 b)", "title:(a NEAR/5 b)"},
      {"near with two titles", "title:a NEAR/5 title:b", "title:(a NEAR/5 b)"},
  };
  for (const Case& c : kCases) EXPECT_EQ(read(c.written), c.expected) << c.why;
}

TEST(ParseQuery, ReadsWhatPeoplePaste) {
  constexpr Case kCases[] = {
      {"curly quotation marks", "“climate change”", "\"climate change\""},
      {"low quotation marks", "„climate change“", "\"climate change\""},
      {"angular ones", "«climate change»", "\"climate change\""},
      {"Japanese ones", "「climate change」", "\"climate change\""},
      {"full width", "（ａ　OR　ｂ）", "a OR b"},
      {"en dash before a word", "a –b", "a -b"},
      {"dash between blanks", "a – b", "a b"},
      {"two dashes", "a --b", "a -b"},
      {"commas part words", "cats, dogs;birds、fish", "cats dogs birds fish"},
      {"curly apostrophe", "don’t", "{don't}"},
      {"hyphen", "covid-19", "\"covid 19\""},
      {"ampersand", "AT&T", "\"at t\""},
      {"percent", "3.5%", "{3.5}"},
      {"plus signs", "C++", "c"},
      {"thousands", "1,000", "{1,000}"},
      {"signs alone are nothing", "cats & dogs !", "cats dogs"},
      {"hashtag", "#Election2026", "election2026"},
      {"French elision", "l'eau", "{l'eau} OR \"l eau\""},
      {"elision in a phrase", "\"l’eau potable\"", "\"{l'eau} potable\" OR \"l eau potable\""},
      {"Irish name", "O'Brien", "{o'brien} OR \"o brien\""},
      {"Chinese", "气候变化", "\"气候 变化\""},
      {"Thai", "เลือกตั้ง", "เลือกตั้ง"},
      {"prefix of Han", "選*", "選*"},
      {"soft hyphen", "Bundes\u00ADrat", "bundesrat"},
  };
  for (const Case& c : kCases) {
    const Result<Query> query = parse_query(c.written, context());
    const Result<Query> expected = parse_query(c.expected, context());
    ASSERT_TRUE(query) << c.why << ": " << query.error().message;
    ASSERT_TRUE(expected) << c.why << ": " << expected.error().message;
    EXPECT_EQ(*query, *expected) << c.why << ": " << to_string(*query);
  }
}

TEST(ParseQuery, ReadsFields) {
  constexpr Case kCases[] = {
      {"title", "title:climate", "title:climate"},
      {"upper case", "Title:climate", "title:climate"},
      {"blank after the colon", "title: climate", "title:climate"},
      {"a group of words", "title:(a OR \"b c\")", "title:a OR title:\"b c\""},
      {"author", "author:\"Ana Ruiz\"", "author:\"ana ruiz\""},
      {"several values", "source:(bbc OR 42)", "source:\"bbc\" OR source:\"42\""},
      {"topic", "topic:Sport", "topic:\"medtop:15000000\""},
      {"topic by code", "topic:medtop:15000000", "topic:\"medtop:15000000\""},
      {"country", "country:uk", "country:\"gb\""},
      {"about", "about:\"South Korea\"", "about:\"kr\""},
      {"language", "language:German", "lang:\"de\""},
      {"story", "story:42", "story:\"42\""},
      {"site", "site:https://www.bbc.co.uk/news", "site:\"bbc.co.uk\""},
      {"url", "url:election", "url:\"election\""},
      {"url of words", "url:/2026/election", "url:\"2026\" url:\"election\""},
      {"not", "-source:bbc", "-source:\"bbc\""},
      {"full-width colon", "title：climate", "title:climate"},
      {"numbers", "words:>500", "words:>=501"},
      {"numbers", "words:>=500", "words:>=500"},
      {"numbers", "words:<500", "words:<500"},
      {"numbers", "words:<=500", "words:<501"},
      {"numbers", "words:100..500", "words:100..500"},
      {"numbers", "words:500", "words:500..500"},
      {"story size", "story_size:>5", "story_size:>=6"},
      {"sentiment", "sentiment:<-0.3", "sentiment:<-0.3"},
      {"sentiment", "sentiment:>-0.3", "sentiment:>=-0.29"},
      {"sentiment", "sentiment:<=0.255", "sentiment:<0.26"},
      {"sentiment", "sentiment:-0.5..0.5", "sentiment:-0.5..0.5"},
      {"sentiment", "sentiment:negative", "sentiment:<-0.09"},
      {"sentiment", "sentiment:neutral", "sentiment:-0.09..0.09"},
      {"sentiment", "sentiment:positive", "sentiment:>=0.1"},
      {"sentiment", "sentiment:>1", "sentiment:>=1.01"},
  };
  for (const Case& c : kCases) EXPECT_EQ(read(c.written), c.expected) << c.why;
}

TEST(ParseQuery, ReadsTimes) {
  constexpr Case kCases[] = {
      {"a day begins", "since:2026-11-01", "since:2026-11-01T00:00:00Z"},
      {"a day is in it to its end", "until:2026-11-03", "until:2026-11-04T00:00:00Z"},
      {"a month", "since:2026-11", "since:2026-11-01T00:00:00Z"},
      {"a month to its end", "until:2026-02", "until:2026-03-01T00:00:00Z"},
      {"a year", "until:2025", "until:2026-01-01T00:00:00Z"},
      {"one day", "published:2024-02-29", "published:2024-02-29T00:00:00Z..2024-03-01T00:00:00Z"},
      {"both", "published:2026-11-01..2026-11-03",
       "published:2026-11-01T00:00:00Z..2026-11-04T00:00:00Z"},
      {"time of day", "until:2026-11-03T18:30", "until:2026-11-03T18:30:00Z"},
      {"with a blank", "since:\"2026-11-03 18:30:15\"", "since:2026-11-03T18:30:15Z"},
      {"offset", "since:2026-11-03T18:30:00+02:00", "since:2026-11-03T16:30:00Z"},
      {"today", "since:today", "since:2026-11-27T00:00:00Z"},
      {"until today", "until:today", "until:2026-11-28T00:00:00Z"},
      {"yesterday", "published:yesterday", "published:2026-11-26T00:00:00Z..2026-11-27T00:00:00Z"},
      {"now, on the minute", "until:now", "until:2026-11-27T12:34:00Z"},
      {"hours", "since:24h", "since:2026-11-26T12:34:00Z"},
      {"days", "since:7d", "since:2026-11-20T12:34:00Z"},
      {"weeks", "since:2w", "since:2026-11-13T12:34:00Z"},
      {"months", "since:9m", "since:2026-02-27T12:34:00Z"},
      {"years", "since:1y", "since:2025-11-27T12:34:00Z"},
  };
  for (const Case& c : kCases) EXPECT_EQ(read(c.written), c.expected) << c.why;
}

TEST(ParseQuery, ReadsTimesInTheZoneOfTheReader) {
  QueryContext berlin = context();
  berlin.time_zone = "Europe/Berlin";
  EXPECT_EQ(read("since:2026-11-01", berlin), "since:2026-10-31T23:00:00Z");
  EXPECT_EQ(read("since:2026-07-01", berlin), "since:2026-06-30T22:00:00Z");
  EXPECT_EQ(read("published:2026-10-25", berlin),
            "published:2026-10-24T22:00:00Z..2026-10-25T23:00:00Z")
      << "the day has 25 hours";
  berlin.now = *parse_rfc3339("2026-11-26T23:30:00Z");
  EXPECT_EQ(read("since:today", berlin), "since:2026-11-26T23:00:00Z");
  berlin.now = *parse_rfc3339("2026-03-31T10:00:00Z");
  EXPECT_EQ(read("since:1m", berlin), "since:2026-02-28T11:00:00Z") << "the last of February";
  berlin.time_zone = "Mars/Olympus";
  EXPECT_THAT(read("since:today", berlin), HasSubstr("no time zone \"Mars/Olympus\""));
}

TEST(ParseQuery, SaysWhereItWentWrongAndWhatWouldBeRight) {
  constexpr Case kCases[] = {
      {"a quotation without end", "a \"b c", "at byte 2 (\"b c): this quotation mark is never"},
      {"a parenthesis without end", "a (b OR c", "at byte 2 ((b OR c): this parenthesis is never"},
      {"one that was not opened", "a b) c", "at byte 3 () c): this parenthesis was never opened"},
      {"empty parentheses", "a () b", "something to look for comes before this parenthesis"},
      {"OR without a word", "a OR", "at the end (byte 4): something to look for is missing"},
      {"OR first", "OR a", "at byte 0 (OR a): something to look for comes before"},
      {"AND last", "a AND", "comes after AND"},
      {"NOT last", "a NOT", "at the end"},
      {"NEAR first", "NEAR/5 a", "both sides of NEAR"},
      {"NEAR without number", "a NEAR/x b", "as in NEAR/5"},
      {"NEAR too far", "a NEAR/51 b", "1 to 50"},
      {"NEAR of distances", "a NEAR/5 b NEAR/6 c", "one distance"},
      {"NEAR of a group", "(a OR b) NEAR/5 c", "words and phrases stand beside NEAR"},
      {"NEAR of two fields", "title:a NEAR/5 b", "in one field"},
      {"NEAR of nothing", "& NEAR/5 b", "both sides of NEAR"},
      {"NEAR of many", "a NEAR b NEAR c NEAR d NEAR e NEAR f NEAR g NEAR h NEAR i", "8 words"},
      {"NEAR of long phrases", "\"a b c d e f g\" NEAR \"h i j k l m n\"", "13 words"},
      {"an unknown field", "a soruce:bbc",
       "at byte 2 (soruce:bbc): there is no field \"soruce\"; "
       "did you mean source:?"},
      {"a strange field", "zzzzzzzz:b", "Fields are title, author"},
      {"a field without value", "a title:", "a value comes after title:"},
      {"a field in a field", "title:(author:b)", "side by side"},
      {"an unknown topic", "topic:polotics", "did you mean \"politics\""},
      {"an unknown country", "about:Germny", "did you mean \"germany\""},
      {"no number", "words:many", "is no number"},
      {"backwards", "words:500..100", "ends before it begins"},
      {"beyond", "sentiment:>3", "between -1 and 1"},
      {"a day that is not", "since:2026-02-30",
       "at byte 6 (2026-02-30): \"2026-02-30\": that month"},
      {"a month that is not", "since:2026-13", "no month 13"},
      {"no time", "since:soon", "write a year, a month or a day"},
      {"too early", "since:1066", "1900"},
      {"an hour that is not", "since:2026-11-03T25:00", "is no time"},
      {"an instant is no span", "published:7d", "published: takes a day"},
      {"two times backwards", "published:2026-11..2026-10", "ends before it begins"},
      {"a short prefix", "el*", "three letters"},
      {"a star before", "*ection", "at the end of a word"},
      {"a star inside", "el*ion", "at the end of a word"},
      {"a star after a quotation", "\"a b\"*", "the star goes inside"},
      {"Lucene's proximity", "\"a b\"~5", "NEAR/5"},
      {"a short fuzzy word", "cat~", "four letters"},
      {"exact and not", "=elect*", "exactly"},
      {"exact value", "source:=\"bbc\"", "= is for words"},
      {"no word at all", "!?", "there is no word in it"},
      {"a star without a word", "a %*", "a word stands before a star"},
  };
  for (const Case& c : kCases) {
    const Result<Query> query = parse_query(c.written, context());
    ASSERT_FALSE(query) << c.why << ": " << to_string(*query);
    EXPECT_EQ(query.error().kind, ErrorKind::InvalidInput);
    EXPECT_EQ(query.error().code, "query_syntax");
    EXPECT_THAT(query.error().message, HasSubstr(std::string(c.expected))) << c.why;
  }
}

TEST(ParseQuery, SaysThatAccountsComeLater) {
  for (const std::string_view written : {"is:unread", "a is:starred", "tag:later"}) {
    const Result<Query> query = parse_query(written, context());
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().code, "needs_account");
  }
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += part;
  return all;
}

TEST(ParseQuery, HasLimits) {
  EXPECT_THAT(read(std::string(4097, 'a')), HasSubstr("4096 bytes"));
  EXPECT_THAT(read(repeated("a ", 257)), HasSubstr("256 words"));
  EXPECT_THAT(read(repeated("abc* ", 17)), HasSubstr("16 words with"));
  EXPECT_THAT(read(repeated("(", 33) + "a" + repeated(")", 33)), HasSubstr("32 deep"));
  EXPECT_THAT(read(repeated("NOT ", 33) + "a"), HasSubstr("32 deep"));
  EXPECT_THAT(read(repeated("(", 2000)), HasSubstr("32 deep"));
  EXPECT_EQ(read(repeated("(", 32) + "a" + repeated(")", 32)), "a");
  EXPECT_TRUE(parse_query(repeated("a ", 256), context()));
}

TEST(Canonical, GivesEqualQuestionsOneText) {
  constexpr Case kCases[] = {
      {"order", "b a", "a b"},
      {"groups", "(b (a c))", "a b c"},
      {"groups of OR", "a OR (b OR a)", "b OR a"},
      {"repetition", "a a A", "a"},
      {"double negation", "NOT NOT a", "a"},
      {"operators", "a AND -b", "NOT b a"},
      {"ranges", "words:>100 a words:<=500", "a words:101..500"},
      {"times", "since:2026-11-01 until:2026-11-03", "published:2026-11-01..2026-11-03"},
      {"what is always so", "words:>=0 a", "a"},
      {"never", "words:>10 words:<5 a", "NOT *"},
      {"not never", "a OR (words:>10 words:<5)", "a"},
      {"everything", "a OR *", "*"},
      {"near", "b NEAR/5 a", "a NEAR/5 b"},
      {"topics", "topic:sports", "topic:medtop:15000000"},
      {"a prefix", "Élec*", "elec*"},
      {"sentiment", "sentiment:negative", "sentiment:<=-0.1"},
  };
  const auto canonical_text = [](std::string_view written) {
    return to_string(canonical(*parse_query(written, context())));
  };
  for (const Case& c : kCases)
    EXPECT_EQ(canonical_text(c.written), canonical_text(c.expected)) << c.why;
  EXPECT_EQ(canonical_text("words:>10 words:<5 a"), "-*");
  EXPECT_EQ(canonical_text("a OR *"), "*");
  EXPECT_NE(canonical_text("a b"), canonical_text("a OR b"));
  EXPECT_NE(canonical_text("\"b a\""), canonical_text("\"a b\"")) << "a phrase has an order";
  EXPECT_NE(canonical_text("sentiment:>=-1"), canonical_text("*"))
      << "not every article has a sentiment";
}

}  // namespace
}  // namespace tidings::query
