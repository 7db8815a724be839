#include "text/date.h"

#include <gtest/gtest.h>

namespace tidings::text {
namespace {

struct Case {
  std::string_view why;
  std::string_view given;
  std::string_view expected;  // RFC 3339; empty: no date
};

void check(const Case& c) {
  const std::optional<Time> time = parse_feed_date(c.given);
  EXPECT_EQ(time ? format_rfc3339(*time) : "", c.expected) << c.why << ": " << c.given;
}

TEST(ParseFeedDate, ReadsRfc822WithItsLiberties) {
  constexpr Case kCases[] = {
      {"by the book", "Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      {"numeric zone", "Thu, 01 Jan 2004 19:48:21 +0200", "2004-01-01T17:48:21Z"},
      {"negative zone", "Thu, 01 Jan 2004 19:48:21 -0530", "2004-01-02T01:18:21Z"},
      {"zone with colon", "Thu, 01 Jan 2004 19:48:21 +02:00", "2004-01-01T17:48:21Z"},
      {"one-digit zone", "Thu, 01 Jan 2004 19:48:21 +2", "2004-01-01T17:48:21Z"},
      {"no weekday", "01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      {"wrong weekday", "Mon, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      {"full weekday and month", "Thursday, 1 January 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      {"one-digit day", "Thu, 1 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      {"one-digit hour", "Thu, 1 Jan 2004 9:48:21 GMT", "2004-01-01T09:48:21Z"},
      {"two-digit year", "Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      {"two-digit year of the last century", "Sat, 01 Jan 94 19:48:21 GMT", "1994-01-01T19:48:21Z"},
      {"no seconds", "Thu, 01 Jan 2004 19:48 GMT", "2004-01-01T19:48:00Z"},
      {"no zone", "Thu, 01 Jan 2004 19:48:21", "2004-01-01T19:48:21Z"},
      {"no time", "Thu, 01 Jan 2004", "2004-01-01T00:00:00Z"},
      {"eastern", "Thu, 01 Jan 2004 19:48:21 EST", "2004-01-02T00:48:21Z"},
      {"eastern in summer", "Thu, 01 Jul 2004 19:48:21 EDT", "2004-07-01T23:48:21Z"},
      {"pacific in summer", "Thu, 01 Jul 2004 19:48:21 PDT", "2004-07-02T02:48:21Z"},
      {"central european", "Thu, 01 Jan 2004 19:48:21 CET", "2004-01-01T18:48:21Z"},
      {"military", "Thu, 01 Jan 2004 19:48:21 A", "2004-01-01T20:48:21Z"},
      {"military zulu", "Thu, 01 Jan 2004 19:48:21 Z", "2004-01-01T19:48:21Z"},
      {"UT", "Thu, 01 Jan 2004 19:48:21 UT", "2004-01-01T19:48:21Z"},
      {"offset behind GMT", "Thu, 01 Jan 2004 19:48:21 GMT+0100", "2004-01-01T18:48:21Z"},
      {"zone in brackets", "Thu, 01 Jan 2004 19:48:21 +0100 (CET)", "2004-01-01T18:48:21Z"},
      {"no comma", "Thu 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      {"dashes", "01-Jan-2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      {"RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"},
      {"month first", "Jan 1, 2004 7:48 PM", "2004-01-01T19:48:00Z"},
      {"noon and midnight", "Jan 1, 2004 12:05 AM", "2004-01-01T00:05:00Z"},
      {"ordinal", "January 1st, 2004", "2004-01-01T00:00:00Z"},
      {"leap second", "Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z"},
      {"midnight as 24", "Thu, 01 Jan 2004 24:00:00 GMT", "2004-01-02T00:00:00Z"},
      {"white space", "\n  Thu,  01 Jan 2004\t19:48:21  GMT ", "2004-01-01T19:48:21Z"},
      {"unknown zone", "Thu, 01 Jan 2004 19:48:21 XYZT", "2004-01-01T19:48:21Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, ReadsTimesAsPeopleWriteThem) {
  constexpr Case kCases[] = {
      {"morning", "2026-11-23 10:00 a.m. EST", "2026-11-23T15:00:00Z"},
      {"evening", "Nov 23, 2026 10:00 p.m.", "2026-11-23T22:00:00Z"},
      {"evening with a zone", "Nov 23, 2026 10:00:05 P.M. GMT", "2026-11-23T22:00:05Z"},
      {"dots and blanks", "Nov 23, 2026 10:00 p. m. CET", "2026-11-23T21:00:00Z"},
      {"no minutes", "Nov 23, 2026, 9 a.m.", "2026-11-23T09:00:00Z"},
      {"no minutes, no dots", "23 November 2026 9pm", "2026-11-23T21:00:00Z"},
      {"midnight", "Nov 23, 2026 12 a.m.", "2026-11-23T00:00:00Z"},
      {"zone A is no morning", "23 Nov 2026 10:00 A", "2026-11-23T11:00:00Z"},
      {"dots", "2026-11-23 10.00.07", "2026-11-23T10:00:07Z"},
      {"dots behind a dotted date", "23.11.2026 10.00.07", "2026-11-23T10:00:07Z"},
      {"h", "23 nov 2026 10h05", "2026-11-23T10:05:00Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, ReadsMonthsOfMoreLanguages) {
  constexpr Case kCases[] = {
      {"Russian", "23 ноября 2026 10:00", "2026-11-23T10:00:00Z"},
      {"Russian, abbreviated", "Пн, 23 Ноя 2026 10:00:00 +0300", "2026-11-23T07:00:00Z"},
      {"Russian May", "9 мая 2026", "2026-05-09T00:00:00Z"},
      {"Ukrainian", "23 листопада 2026", "2026-11-23T00:00:00Z"},
      {"Greek", "23 Νοεμβρίου 2026", "2026-11-23T00:00:00Z"},
      {"Greek July", "3 Ιουλίου 2026", "2026-07-03T00:00:00Z"},
      {"Polish", "23 października 2026", "2026-10-23T00:00:00Z"},
      {"Czech June", "3 června 2026", "2026-06-03T00:00:00Z"},
      {"Czech July", "3 července 2026", "2026-07-03T00:00:00Z"},
      {"Turkish", "23 Kasım 2026", "2026-11-23T00:00:00Z"},
      {"Turkish, capitals beyond ASCII", "3 Şubat 2026", "2026-02-03T00:00:00Z"},
      {"Swedish", "23 oktober 2026", "2026-10-23T00:00:00Z"},
      {"Arabic", "23 نوفمبر 2026", "2026-11-23T00:00:00Z"},
      {"Japanese", "2026年11月23日 10:00", "2026-11-23T10:00:00Z"},
      {"Korean", "2026년 11월 23일 10:00", "2026-11-23T10:00:00Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, ReadsIsoDownToTheYear) {
  constexpr Case kCases[] = {
      {"RFC 3339", "2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"},
      {"offset", "2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z"},
      {"offset without colon", "2003-12-31T10:14:55+0200", "2003-12-31T08:14:55Z"},
      {"fraction", "2003-12-31T10:14:55.25Z", "2003-12-31T10:14:55.25Z"},
      {"long fraction", "2003-12-31T10:14:55.123456789Z", "2003-12-31T10:14:55.123456Z"},
      {"comma fraction", "2003-12-31T10:14:55,5Z", "2003-12-31T10:14:55.5Z"},
      {"no seconds", "2003-12-31T10:14Z", "2003-12-31T10:14:00Z"},
      {"no zone", "2003-12-31T10:14:55", "2003-12-31T10:14:55Z"},
      {"lower case", "2003-12-31t10:14:55z", "2003-12-31T10:14:55Z"},
      {"space for T", "2003-12-31 10:14:55", "2003-12-31T10:14:55Z"},
      {"space before zone", "2003-12-31 10:14:55 +0100", "2003-12-31T09:14:55Z"},
      {"named zone", "2003-12-31 10:14:55 EST", "2003-12-31T15:14:55Z"},
      {"Ruby", "2003-12-31 10:14:55 UTC", "2003-12-31T10:14:55Z"},
      {"day", "2003-12-31", "2003-12-31T00:00:00Z"},
      {"month", "2003-12", "2003-12-01T00:00:00Z"},
      {"year", "2003", "2003-01-01T00:00:00Z"},
      {"compact", "20031231T101455Z", "2003-12-31T10:14:55Z"},
      {"compact day", "20031231", "2003-12-31T00:00:00Z"},
      {"compact to the second", "20031231101455", "2003-12-31T10:14:55Z"},
      {"slashes", "2003/12/31 10:14:55", "2003-12-31T10:14:55Z"},
      {"one digit", "2003-1-2 3:04:05", "2003-01-02T03:04:05Z"},
      {"leap day", "2004-02-29T00:00:00Z", "2004-02-29T00:00:00Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, ReadsWhatElsePeopleWrite) {
  constexpr Case kCases[] = {
      {"asctime", "Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z"},
      {"date(1)", "Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z"},
      {"JavaScript", "Sun Jan 04 2004 16:29:06 GMT+0100 (CET)", "2004-01-04T15:29:06Z"},
      {"Unix seconds", "1073233746", "2004-01-04T16:29:06Z"},
      {"Unix milliseconds", "1073233746000", "2004-01-04T16:29:06Z"},
      {"month first", "1/4/2004 4:29:06 PM", "2004-01-04T16:29:06Z"},
      {"month first cannot be", "24/1/2004", "2004-01-24T00:00:00Z"},
      {"day first with dots", "4.1.2004 16:29", "2004-01-04T16:29:00Z"},
      {"day first with dashes", "04-01-2004", "2004-01-04T00:00:00Z"},
      {"Japanese", "2004年1月4日 16:29", "2004-01-04T16:29:00Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, KnowsTheMonthsOfSevenLanguages) {
  constexpr Case kCases[] = {
      {"German", "Do, 4 März 2004 16:29:06 +0100", "2004-03-04T15:29:06Z"},
      {"German", "4. Dezember 2004", "2004-12-04T00:00:00Z"},
      {"German capitals", "4. MÄRZ 2004", "2004-03-04T00:00:00Z"},
      {"Austrian", "4. Jänner 2004", "2004-01-04T00:00:00Z"},
      {"French", "jeu., 4 août 2004 16:29:06 +0200", "2004-08-04T14:29:06Z"},
      {"French", "mar. 4 janv. 2004", "2004-01-04T00:00:00Z"},
      {"French", "mardi 4 juin 2004", "2004-06-04T00:00:00Z"},
      {"French", "4 juillet 2004", "2004-07-04T00:00:00Z"},
      {"French", "4 février 2004", "2004-02-04T00:00:00Z"},
      {"Spanish", "mié, 4 ene 2004 16:29:06 GMT", "2004-01-04T16:29:06Z"},
      {"Spanish", "martes, 4 de diciembre de 2004", "2004-12-04T00:00:00Z"},
      {"Spanish", "4 de setiembre de 2004", "2004-09-04T00:00:00Z"},
      {"Italian", "gio, 4 gen 2004 16:29:06", "2004-01-04T16:29:06Z"},
      {"Italian", "4 maggio 2004", "2004-05-04T00:00:00Z"},
      {"Italian", "4 luglio 2004", "2004-07-04T00:00:00Z"},
      {"Italian", "martedì 4 ottobre 2004", "2004-10-04T00:00:00Z"},
      {"Portuguese", "qui, 4 fev 2004 16:29:06", "2004-02-04T16:29:06Z"},
      {"Portuguese", "4 de março de 2004", "2004-03-04T00:00:00Z"},
      {"Portuguese", "4 de outubro de 2004", "2004-10-04T00:00:00Z"},
      {"Dutch", "do, 4 mrt 2004 16:29:06", "2004-03-04T16:29:06Z"},
      {"Dutch", "4 mei 2004", "2004-05-04T00:00:00Z"},
      {"Dutch", "4 maart 2004", "2004-03-04T00:00:00Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, RefusesWhatIsNoDate) {
  constexpr Case kCases[] = {
      {"empty", "", ""},
      {"blank", "  ", ""},
      {"words", "yesterday", ""},
      {"no such day", "2003-02-30", ""},
      {"no such day", "Thu, 31 Jun 2004 10:00:00 GMT", ""},
      {"no such month", "2003-13-13", ""},
      {"no such hour", "2003-12-31T25:00:00Z", ""},
      {"no such minute", "2003-12-31T10:75:00Z", ""},
      {"no year", "Thu, 01 Jan", ""},
      {"no day", "January 2004", ""},
      {"time alone", "10:14:55", ""},
      {"zeros", "0000-00-00 00:00:00", ""},
      {"a number", "42", ""},
      {"far too long",
       "Thu, 01 Jan 2004 19:48:21 GMT "
       "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
       "xxxxxxxxxxxxxxxxx",
       ""},
  };
  for (const Case& c : kCases) check(c);
}

}  // namespace
}  // namespace tidings::text
