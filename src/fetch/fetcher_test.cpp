#include "fetch/fetcher.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::fetch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;

const Time kNow = *parse_rfc3339("2026-11-23T18:30:00Z");

Source source() {
  Source s;
  s.settings.url = "https://news.example/feed";
  return s;
}

Source conditional_source() {
  Source s = source();
  s.state.etag = "W/\"abc\"";
  s.state.last_modified = "Mon, 23 Nov 2026 18:00:00 GMT";
  return s;
}

HttpResponse answer(int status, HttpHeaders headers = {}, std::string body = "") {
  return {.status = status,
          .headers = std::move(headers),
          .body = std::move(body),
          .url = "https://news.example/feed"};
}

TEST(FeedRequest, AsksOnlyForWhatChanged) {
  const HttpRequest first =
      feed_request(source(), {.user_agent = "Tidings/0.1 (feed reader; +https://me.example)"});
  EXPECT_EQ(first.method, "GET");
  EXPECT_EQ(first.url, "https://news.example/feed");
  EXPECT_EQ(header(first.headers, "User-Agent"), "Tidings/0.1 (feed reader; +https://me.example)");
  EXPECT_THAT(std::string(header(first.headers, "Accept")), HasSubstr("application/atom+xml"));
  EXPECT_EQ(header(first.headers, "If-None-Match"), "");
  EXPECT_EQ(header(first.headers, "If-Modified-Since"), "");

  const HttpRequest again = feed_request(conditional_source(), {});
  EXPECT_EQ(header(again.headers, "If-None-Match"), "W/\"abc\"");
  EXPECT_EQ(header(again.headers, "If-Modified-Since"), "Mon, 23 Nov 2026 18:00:00 GMT");
}

TEST(FeedRequest, GoesWhereAPermanentRedirectLed) {
  Source moved = source();
  moved.state.fetched_url = "https://new.example/feed";
  EXPECT_EQ(feed_request(moved, {}).url, "https://new.example/feed");
}

TEST(FeedRequest, CarriesTheLimits) {
  EXPECT_EQ(feed_request(source(), {.limits = {.body_bytes_max = 7}}).limits.body_bytes_max, 7u);
}

TEST(ReadResponse, AFeedIsAPage) {
  HttpResponse response = answer(200,
                                 {{"Content-Type", "text/html; charset=koi8-r"},
                                  {"ETag", "\"1\""},
                                  {"Last-Modified", "Mon, 23 Nov 2026 18:00:00 GMT"}},
                                 "<rss/>");
  response.permanent_url = "https://new.example/feed";
  const FetchResult result = read_response(source(), response, kNow);
  const Page& page = std::get<Page>(result.outcome);
  EXPECT_EQ(page.bytes, "<rss/>");
  EXPECT_EQ(page.content_type, "text/html; charset=koi8-r");
  EXPECT_EQ(page.url, "https://news.example/feed");
  EXPECT_EQ(page.etag, "\"1\"");
  EXPECT_EQ(page.last_modified, "Mon, 23 Nov 2026 18:00:00 GMT");
  EXPECT_EQ(page.permanent_url, "https://new.example/feed");
  EXPECT_EQ(outcome_name(result), "page");
}

TEST(ReadResponse, ForgetsValidatorsThatCannotBeSentBack) {
  for (const std::string& bad :
       {std::string("\"a\x01\""), std::string("\"caf\xE9\""), std::string(2000, 'x')}) {
    const FetchResult result =
        read_response(source(), answer(200, {{"ETag", bad}, {"Last-Modified", bad}}), kNow);
    EXPECT_EQ(std::get<Page>(result.outcome).etag, "") << bad;
    EXPECT_EQ(std::get<Page>(result.outcome).last_modified, "") << bad;
  }
}

TEST(ReadResponse, NotModifiedCountsOnlyWhereItWasAsked) {
  const FetchResult asked = read_response(conditional_source(), answer(304), kNow);
  EXPECT_TRUE(std::holds_alternative<NotModified>(asked.outcome));
  EXPECT_EQ(outcome_name(asked), "not_modified");
  const FetchResult unasked = read_response(source(), answer(304), kNow);
  EXPECT_EQ(std::get<Failed>(unasked.outcome).problem.error_class, "http_304");
}

TEST(ReadResponse, NamesTheClassOfEveryFailure) {
  struct Case {
    int status;
    const char* expected_class;
    const char* message;
    bool gone;
  };
  const Case cases[] = {
      {204, "http_204", "news.example answered 204: it sent no feed", false},
      {302, "http_302", "news.example answered 302: it points elsewhere without saying where",
       false},
      {401, "http_401", "news.example answered 401: it asks for a name and a password", false},
      {403, "http_403", "news.example answered 403: it refuses us", false},
      {404, "http_404", "news.example answered 404: there is nothing at this address", false},
      {410, "http_410", "news.example answered 410: the feed is gone for good", true},
      {418, "http_418", "news.example answered 418: it refuses the request", false},
      {429, "http_429", "news.example answered 429: we asked too often", false},
      {500, "http_500", "news.example answered 500: it has an error of its own", false},
      {503, "http_503", "news.example answered 503: it is overloaded or being repaired", false},
      {520, "http_520", "news.example answered 520: it has an error of its own", false},
  };
  for (const Case& c : cases) {
    const FetchResult result = read_response(source(), answer(c.status), kNow);
    const Failed& failed = std::get<Failed>(result.outcome);
    EXPECT_EQ(failed.problem.error_class, c.expected_class);
    EXPECT_EQ(failed.problem.message, c.message);
    EXPECT_EQ(failed.problem.since, kNow) << c.status;
    EXPECT_EQ(failed.gone, c.gone) << c.status;
    EXPECT_EQ(outcome_name(result), "failed");
  }
}

TEST(ReadResponse, PassesOnWhatTheClientSays) {
  const Error refused{ErrorKind::Unavailable, "connect to news.example: connection refused",
                      "connect_failed"};
  const FetchResult result = read_response(source(), refused, kNow);
  const Failed& failed = std::get<Failed>(result.outcome);
  EXPECT_EQ(failed.problem.error_class, "connect_failed");
  EXPECT_EQ(failed.problem.message, "connect to news.example: connection refused");
  EXPECT_FALSE(failed.gone);
}

TEST(ReadResponse, AProblemThatStaysKeepsItsBeginning) {
  Source failing = source();
  failing.state.problem =
      SourceProblem{.error_class = "http_500", .message = "old", .since = kNow - hours(5)};
  const auto since = [&](int status) {
    return std::get<Failed>(read_response(failing, answer(status), kNow).outcome).problem.since;
  };
  EXPECT_EQ(since(500), kNow - hours(5));
  EXPECT_EQ(since(404), kNow);
}

TEST(ReadResponse, MessagesAreRepairedAndCut) {
  const Error odd{ErrorKind::Unavailable, "caf\xE9 " + std::string(1000, 'x'), "tls_failed"};
  const FetchResult result = read_response(source(), odd, kNow);
  const std::string& message = std::get<Failed>(result.outcome).problem.message;
  EXPECT_TRUE(message.starts_with("caf\xEF\xBF\xBD "));
  EXPECT_EQ(message.size(), 500u);
}

TEST(ReadResponse, ReadsHowLongTheAnswerStaysFresh) {
  struct Case {
    const char* why;
    HttpHeaders given;
    std::optional<seconds> max_age;
    std::optional<Duration> expires_in;
  };
  const Case cases[] = {
      {"nothing said", {}, {}, {}},
      {"max-age", {{"Cache-Control", "max-age=600"}}, seconds(600), {}},
      {"among others",
       {{"Cache-Control", "public, Max-Age=600 , must-revalidate"}},
       seconds(600),
       {}},
      {"quoted", {{"Cache-Control", "max-age=\"600\""}}, seconds(600), {}},
      {"less its age", {{"Cache-Control", "max-age=600"}, {"Age", "100"}}, seconds(500), {}},
      {"older than that", {{"Cache-Control", "max-age=600"}, {"Age", "700"}}, seconds(0), {}},
      {"s-maxage is for shared caches", {{"Cache-Control", "s-maxage=600"}}, {}, {}},
      {"not a number", {{"Cache-Control", "max-age=soon"}}, {}, {}},
      {"negative", {{"Cache-Control", "max-age=-1"}}, {}, {}},
      {"beyond all measure",
       {{"Cache-Control", "max-age=99999999999999999999"}},
       std::chrono::days(365),
       {}},
      {"expires", {{"Expires", "Mon, 23 Nov 2026 19:00:00 GMT"}}, {}, minutes(30)},
      {"expires by the publisher's clock",
       {{"Date", "Mon, 23 Nov 2026 12:00:00 GMT"}, {"Expires", "Mon, 23 Nov 2026 12:10:00 GMT"}},
       {},
       minutes(10)},
      {"expired", {{"Expires", "Thu, 01 Jan 1970 00:00:00 GMT"}}, {}, Duration(0)},
      {"an Expires that is no date", {{"Expires", "0"}}, {}, {}},
  };
  for (const Case& c : cases) {
    const CacheHints hints = read_response(source(), answer(200, c.given), kNow).hints;
    EXPECT_EQ(hints.max_age, c.max_age) << c.why;
    EXPECT_EQ(hints.expires,
              c.expires_in ? std::optional<Time>(kNow + *c.expires_in) : std::nullopt)
        << c.why;
  }
}

TEST(ReadResponse, ReadsWhenToComeBack) {
  struct Case {
    const char* why;
    int status;
    const char* retry_after;
    std::optional<Duration> expected;
  };
  const Case cases[] = {
      {"seconds", 503, "120", seconds(120)},
      {"a date", 429, "Mon, 23 Nov 2026 18:40:00 GMT", minutes(10)},
      {"a date of the past", 429, "Mon, 23 Nov 2026 18:00:00 GMT", Duration(0)},
      {"more than three days", 429, "864000", hours(72)},
      {"a date far off", 503, "Mon, 23 Nov 2099 18:00:00 GMT", hours(72)},
      {"unstated, too many requests", 429, "", {}},
      {"unstated, unavailable", 503, "", {}},
      {"nonsense", 503, "later", {}},
      {"another status keeps to its own feed", 500, "120", seconds(120)},
      {"a page with it", 200, "120", seconds(120)},
  };
  for (const Case& c : cases) {
    const FetchResult result =
        read_response(source(), answer(c.status, {{"Retry-After", c.retry_after}}), kNow);
    const auto at = [](std::optional<Duration> in) {
      return in ? std::optional<Time>(kNow + *in) : std::nullopt;
    };
    EXPECT_EQ(result.hints.retry_after, at(c.expected)) << c.why;
  }
}

}  // namespace
}  // namespace tidings::fetch
