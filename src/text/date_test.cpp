#include "text/date.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "text/date_names.h"

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

TEST(ParseFeedDate, ReadsTheMonthsOfTheWorld) {
  constexpr Case kCases[] = {
      {"Romanian", "marți, 24 noiembrie 2026 10:05", "2026-11-24T10:05:00Z"},
      {"Romanian March", "24 martie 2026", "2026-03-24T00:00:00Z"},
      {"Romanian, cedilla", "3 mar. 2026", "2026-03-03T00:00:00Z"},
      {"Hungarian", "2026. november 24., kedd 10:05", "2026-11-24T10:05:00Z"},
      {"Hungarian Wednesday", "szerda, 2026. szeptember 2.", "2026-09-02T00:00:00Z"},
      {"Hungarian, abbreviated", "2026. szept. 2. 10:05", "2026-09-02T10:05:00Z"},
      {"Finnish", "24. marraskuuta 2026 klo 10.05", "2026-11-24T10:05:00Z"},
      {"Finnish Monday is no March", "maanantai 23. marraskuuta 2026", "2026-11-23T00:00:00Z"},
      {"Finnish March", "3. maaliskuuta 2026", "2026-03-03T00:00:00Z"},
      {"Swedish", "tisdag 24 november 2026 kl. 10:05", "2026-11-24T10:05:00Z"},
      {"Danish", "24. maj 2026 kl. 10.05", "2026-05-24T10:05:00Z"},
      {"Norwegian", "24. desember 2026", "2026-12-24T00:00:00Z"},
      {"Icelandic", "24. ágúst 2026", "2026-08-24T00:00:00Z"},
      {"Estonian", "24. detsember 2026", "2026-12-24T00:00:00Z"},
      {"Lithuanian", "2026 m. lapkričio 24 d.", "2026-11-24T00:00:00Z"},
      {"Latvian", "2026. gada 24. jūnijs", "2026-06-24T00:00:00Z"},
      {"Slovak", "24. október 2026", "2026-10-24T00:00:00Z"},
      {"Slovene", "24. avgust 2026", "2026-08-24T00:00:00Z"},
      {"Croatian", "24. studenoga 2026.", "2026-11-24T00:00:00Z"},
      {"Serbian", "24. новембар 2026.", "2026-11-24T00:00:00Z"},
      {"Bulgarian", "24 юни 2026 г.", "2026-06-24T00:00:00Z"},
      {"Ukrainian Wednesday is no August", "середа, 25 листопада 2026", "2026-11-25T00:00:00Z"},
      {"Belarusian", "24 лістапада 2026", "2026-11-24T00:00:00Z"},
      {"Russian capitals", "24 НОЯБРЯ 2026", "2026-11-24T00:00:00Z"},
      {"Russian with a year word", "24 ноября 2026 г., 10:05", "2026-11-24T10:05:00Z"},
      {"Greek with accents", "Τρίτη, 24 Μαΐου 2026 10:05", "2026-05-24T10:05:00Z"},
      {"Greek capitals", "24 ΜΑΪΟΥ 2026", "2026-05-24T00:00:00Z"},
      {"Greek afternoon", "24 Νοεμβρίου 2026 3:05 μ.μ.", "2026-11-24T15:05:00Z"},
      {"Turkish", "24 Ağustos 2026 Pazartesi 10:05", "2026-08-24T10:05:00Z"},
      {"Turkish Sunday is no October", "Pazar, 22 Kasım 2026", "2026-11-22T00:00:00Z"},
      {"Indonesian", "Selasa, 24 Agustus 2026 10:05 WIB", "2026-08-24T03:05:00Z"},
      {"Vietnamese", "Thứ Ba, 24/11/2026 - 10:05", "2026-11-24T10:05:00Z"},
      {"Vietnamese in words", "24 tháng 11 năm 2026", "2026-11-24T00:00:00Z"},
      {"Vietnamese, time first", "10:05 24/11/2026", "2026-11-24T10:05:00Z"},
      {"Catalan", "24 de març de 2026", "2026-03-24T00:00:00Z"},
      {"Basque", "2026ko azaroaren 24a", "2026-11-24T00:00:00Z"},
      {"Levant", "24 تشرين الثاني 2026", "2026-11-24T00:00:00Z"},
      {"Levant January", "24 كانون الثاني 2026", "2026-01-24T00:00:00Z"},
      {"Maghreb", "24 جويلية 2026", "2026-07-24T00:00:00Z"},
      {"Arabic digits and afternoon", "٢٤ نوفمبر ٢٠٢٦ ٣:٠٥ م", "2026-11-24T15:05:00Z"},
      {"Persian digits", "۲۴ نوامبر ۲۰۲۶", "2026-11-24T00:00:00Z"},
      {"Hebrew", "24 בנובמבר 2026", "2026-11-24T00:00:00Z"},
      {"Hindi", "24 नवंबर 2026", "2026-11-24T00:00:00Z"},
      {"Hindi digits", "२४ फ़रवरी २०२६", "2026-02-24T00:00:00Z"},
      {"Bengali", "২৪ নভেম্বর ২০২৬", "2026-11-24T00:00:00Z"},
      {"Thai, Buddhist era", "24 พฤศจิกายน 2569", "2026-11-24T00:00:00Z"},
      {"Thai, abbreviated", "24 พ.ย. 2569 10:05 น.", "2026-11-24T10:05:00Z"},
      {"Thai digits", "๒๔ ธ.ค. ๒๕๖๙", "2026-12-24T00:00:00Z"},
      {"Chinese", "2026年11月24日 下午3:05", "2026-11-24T15:05:00Z"},
      {"Chinese midnight", "2026年11月24日 上午12:05", "2026-11-24T00:05:00Z"},
      {"Chinese, counted", "2026年11月24日15时05分07秒", "2026-11-24T15:05:07Z"},
      {"Chinese numerals", "周二, 24 十一月 2026 10:05:00 +0800", "2026-11-24T02:05:00Z"},
      {"Chinese weekday", "2026年11月24日 星期二", "2026-11-24T00:00:00Z"},
      {"Taiwan", "民國115年11月24日", "2026-11-24T00:00:00Z"},
      {"Korean", "2026년 11월 24일 오후 3:05", "2026-11-24T15:05:00Z"},
      {"Korean, counted", "2026년 11월 24일 화요일 오전 9시 5분", "2026-11-24T09:05:00Z"},
      {"Korean, dotted", "2026. 11. 24. 오후 3:05:07", "2026-11-24T15:05:07Z"},
      {"Korean months in RFC 822", "화, 24 11월 2026 10:05:00 +0900", "2026-11-24T01:05:00Z"},
      {"Japanese", "2026年11月24日(火) 15時05分", "2026-11-24T15:05:00Z"},
      {"Japanese afternoon", "2026年11月24日 午後3時5分", "2026-11-24T15:05:00Z"},
      {"Reiwa", "令和8年11月24日", "2026-11-24T00:00:00Z"},
      {"first year of Reiwa", "令和元年5月1日", "2019-05-01T00:00:00Z"},
      {"full-width digits", "２０２６年１１月２４日", "2026-11-24T00:00:00Z"},
      {"German time", "24.11.2026, 10:05 Uhr", "2026-11-24T10:05:00Z"},
      {"German dotted time", "24. November 2026, 10.05 Uhr", "2026-11-24T10:05:00Z"},
      {"German hour", "24. November 2026, 10 Uhr", "2026-11-24T10:00:00Z"},
      {"French hour", "le 24 novembre 2026 à 10h", "2026-11-24T10:00:00Z"},
      {"French hour with blanks", "24 novembre 2026, 10 h 05", "2026-11-24T10:05:00Z"},
      {"Italian", "24 novembre 2026, ore 10.05", "2026-11-24T10:05:00Z"},
      {"Portuguese", "24/nov/2026 10h05", "2026-11-24T10:05:00Z"},
      {"Polish", "wtorek, 24 listopada 2026 r. godz. 10:05", "2026-11-24T10:05:00Z"},
      {"Czech", "úterý 24. listopadu 2026", "2026-11-24T00:00:00Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, ReadsIso8601BeyondTheCalendarDay) {
  constexpr Case kCases[] = {
      {"week", "2026-W48-2", "2026-11-24T00:00:00Z"},
      {"week, basic", "2026W482", "2026-11-24T00:00:00Z"},
      {"week alone", "2026-W48", "2026-11-23T00:00:00Z"},
      {"week that begins in the year before", "2026-W01-1", "2025-12-29T00:00:00Z"},
      {"week with a time", "2026-W48-2T10:05:00+01:00", "2026-11-24T09:05:00Z"},
      {"no such week", "2026-W54-1", ""},
      {"day of the year", "2026-328", "2026-11-24T00:00:00Z"},
      {"day of the year, basic", "2026328", "2026-11-24T00:00:00Z"},
      {"last day of a leap year", "2024-366T10:05:00Z", "2024-12-31T10:05:00Z"},
      {"no such day of the year", "2026-366", ""},
      {"basic with a fraction", "20261124T100507.25Z", "2026-11-24T10:05:07.25Z"},
      {"basic without seconds", "20261124T1005+0100", "2026-11-24T09:05:00Z"},
      {"hour alone", "2026-11-24T10Z", "2026-11-24T10:00:00Z"},
      {"day in a zone", "2026-11-24+01:00", "2026-11-23T23:00:00Z"},
      {"day in UTC", "2026-11-24Z", "2026-11-24T00:00:00Z"},
      {"minus sign",
       "2026-11-24T10:05:00\xE2\x88\x92"
       "05:00",
       "2026-11-24T15:05:00Z"},
      {"en dashes", "2026–11–24", "2026-11-24T00:00:00Z"},
      {"place in brackets", "2026-11-24T10:05:00+01:00[Europe/Paris]", "2026-11-24T09:05:00Z"},
      {"comma before the time", "2026-11-24, 10:05", "2026-11-24T10:05:00Z"},
      {"milliseconds behind a comma", "2026-11-24 10:05:00,123", "2026-11-24T10:05:00.123Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, ReadsWhatProgramsWrite) {
  constexpr Case kCases[] = {
      {"Apache's log", "24/Nov/2026:10:05:00 +0100", "2026-11-24T09:05:00Z"},
      {"Oracle", "24-NOV-26 10.05.07.000000 AM", "2026-11-24T10:05:07Z"},
      {"JavaScript with a named zone", "Tue Nov 24 2026 10:05:00 GMT-0500 (Eastern Standard Time)",
       "2026-11-24T15:05:00Z"},
      {".NET", "/Date(1795514400000)/", "2026-11-24T10:00:00Z"},
      {"Unix seconds with a fraction", "1795514400.123", "2026-11-24T10:00:00Z"},
      {"Unix microseconds", "1795514400000000", "2026-11-24T10:00:00Z"},
      {"numbers with blanks", "24 11 2026 10:05", "2026-11-24T10:05:00Z"},
      {"dots with blanks", "24. 11. 2026 10:05", "2026-11-24T10:05:00Z"},
      {"no blanks", "24Nov2026 10:05", "2026-11-24T10:05:00Z"},
      {"time first", "10:05, 24 November 2026", "2026-11-24T10:05:00Z"},
      {"time first, with a zone", "10:05 CET 24 November 2026", "2026-11-24T09:05:00Z"},
      {"words around", "Published on Tuesday, November 24th, 2026 at 10:05 am",
       "2026-11-24T10:05:00Z"},
      {"an apostrophe before the year", "24 Nov '26", "2026-11-24T00:00:00Z"},
  };
  for (const Case& c : kCases) check(c);
}

TEST(ParseFeedDate, KnowsZonesByNameAndPlace) {
  constexpr Case kCases[] = {
      {"eastern in winter", "Tue, 24 Nov 2026 10:05:00 ET", "2026-11-24T15:05:00Z"},
      {"eastern in summer", "Wed, 24 Jun 2026 10:05:00 ET", "2026-06-24T14:05:00Z"},
      {"the last hour of winter", "Sun, 08 Mar 2026 01:59:59 PT", "2026-03-08T09:59:59Z"},
      {"the first hour of summer", "Sun, 08 Mar 2026 03:00:00 PT", "2026-03-08T10:00:00Z"},
      {"in words", "November 24, 2026 10:05 AM Eastern Time", "2026-11-24T15:05:00Z"},
      {"place", "2026-11-24 10:05:00 Europe/Berlin", "2026-11-24T09:05:00Z"},
      {"place in summer", "2026-06-24 10:05:00 Europe/Berlin", "2026-06-24T08:05:00Z"},
      {"Europe changes at one instant", "2026-10-25 01:30:00 Europe/London",
       "2026-10-25T00:30:00Z"},
      {"place with two words", "2026-06-24T10:05:00 America/New_York", "2026-06-24T14:05:00Z"},
      {"place of three parts", "2026-06-24 10:05 America/Argentina/Buenos_Aires",
       "2026-06-24T13:05:00Z"},
      {"southern summer", "2026-01-24 10:05 Australia/Sydney", "2026-01-23T23:05:00Z"},
      {"southern winter", "2026-06-24 10:05 Pacific/Auckland", "2026-06-23T22:05:00Z"},
      {"no summer time", "2026-06-24 10:05 Asia/Kolkata", "2026-06-24T04:35:00Z"},
      {"UTC", "2026-06-24 10:05 Etc/UTC", "2026-06-24T10:05:00Z"},
      {"offset behind a name and a blank", "24 Jun 2026 10:05 UTC +2", "2026-06-24T08:05:00Z"},
      {"French names", "24 juin 2026 10:05 HAEC", "2026-06-24T08:05:00Z"},
      {"offset beyond any", "24 Jun 2026 10:05 +9900", "2026-06-24T10:05:00Z"},
      {"a day's end", "Tue, 24 Nov 2026 24:00:00 +0100", "2026-11-24T23:00:00Z"},
  };
  for (const Case& c : kCases) check(c);
  EXPECT_EQ(read_feed_date("24 Jun 2026 10:05 XYZT")->unknown_zone, "XYZT");
  EXPECT_EQ(read_feed_date("24 Jun 2026 10:05 Mars/Olympus")->unknown_zone, "Mars/Olympus");
  EXPECT_EQ(read_feed_date("24 Jun 2026 10:05 GMT (XYZT)")->unknown_zone, "");
  EXPECT_EQ(read_feed_date("24 Jun 2026 10:05 Uhr")->unknown_zone, "");
}

TEST(ParseZonedDate, SaysWhereItsWritersClockStood) {
  const struct {
    const char* given;
    const char* expected;
  } cases[] = {
      {"2024-05-01T23:30:00-04:00", "2024-05-01T23:30:00-04:00"},
      {"Wed, 01 May 2024 23:30:00 EST", "2024-05-01T23:30:00-05:00"},
      {"24 Jun 2026 10:05 Europe/Berlin", "2026-06-24T10:05:00+02:00"},
      {"24 Jan 2026 10:05 Europe/Berlin", "2026-01-24T10:05:00+01:00"},
      {"2024-05-01T23:30:00Z", "2024-05-01T23:30:00Z"},
      {"2024-05-01 23:30", "2024-05-01T23:30:00Z"},
  };
  for (const auto& c : cases) {
    const std::optional<ZonedTime> zoned = parse_zoned_date(c.given);
    ASSERT_TRUE(zoned) << c.given;
    EXPECT_EQ(format_rfc3339(*zoned), c.expected);
  }
}

TEST(ReadFeedDate, SaysWhereHabitAloneToldDayAndMonth) {
  const auto other = [](std::string_view text) {
    const std::optional<FeedDate> date = read_feed_date(text);
    return date && date->day_first ? format_rfc3339(*date->day_first) : std::string();
  };
  EXPECT_EQ(other("4/5/2026 10:05"), "2026-05-04T10:05:00Z");
  EXPECT_EQ(other("24/5/2026"), "");
  EXPECT_EQ(other("5/5/2026"), "");
  EXPECT_EQ(other("4.5.2026"), "");
  EXPECT_EQ(read_feed_date("24/5/2026")->order, DateOrder::DayFirst);
  EXPECT_EQ(read_feed_date("5/24/2026")->order, DateOrder::MonthFirst);
  EXPECT_EQ(read_feed_date("4/5/2026")->order, DateOrder::Untold);
}

TEST(ParseFeedDate, RefusesYearsBeyondReason) {
  constexpr Case kCases[] = {
      {"what .NET writes for none", "0001-01-01T00:00:00Z", ""},
      {"negative", "-2026-11-24T10:05:00Z", ""},
      {"far away", "9999-12-31T23:59:59Z", ""},
      {"relative", "3 hours ago", ""},
      {"zero seconds", "0", ""},
  };
  for (const Case& c : kCases) check(c);
}

TEST(FoldedWord, TakesCaseAndAccentsOff) {
  constexpr std::pair<std::string_view, std::string_view> kCases[] = {
      {"Août", "aout"},     {"PAŹDZIERNIKA", "pazdziernika"},
      {"Şubat", "subat"},   {"ΜΑΪΟΥ", "μαιου"},
      {"Ноября", "ноября"}, {"أبريل", "ابريل"},
      {"फ़रवरी", "फरवरी"},   {"Thứ", "thu"}};
  for (const auto& [given, expected] : kCases) EXPECT_EQ(FoldedWord(given).view(), expected);
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
