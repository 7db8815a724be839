// Everything that ports/http_client.h promises, asked of a publisher on loopback that plays every
// part.
#include "adapters/curl/curl_http_client.h"

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/compression.h"
#include "tests/support/curl_client.h"
#include "tests/support/http.h"
#include "tests/support/publisher/publisher.h"

namespace tidings::curl {
namespace {

using namespace std::chrono_literals;
using publisher::Behavior;
using publisher::Publisher;
using support::ask;
using support::ask_later;
using support::get;
using ::testing::HasSubstr;
using Manner = Behavior::Manner;

TEST_F(CurlHttpClientTest, BringsTheAnswerWithStatusHeadersAndBody) {
  Behavior page = publisher::feed(kFeed);
  page.etag = "\"one\"";
  page.headers = {{"X-Twice", "a"}, {"X-Twice", "b"}};
  publisher_->add("news.test", "/feed", page);

  const Result<HttpResponse> answer = get(*client_, "http://news.test/feed");

  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, kFeed);
  EXPECT_EQ(header(answer->headers, "etag"), "\"one\"");
  EXPECT_EQ(std::count_if(answer->headers.begin(), answer->headers.end(),
                          [](const auto& h) { return h.first == "X-Twice"; }),
            2);
  EXPECT_EQ(answer->url, "http://news.test/feed");
  EXPECT_EQ(answer->permanent_url, "");
  EXPECT_GT(answer->elapsed.count(), 0);
}

TEST_F(CurlHttpClientTest, SendsMethodHeadersAndBodyAsGiven) {
  publisher_->add("news.test", "", publisher::feed("taken", "text/plain"));

  ASSERT_TRUE(ask(
      *client_,
      {.method = "POST",
       .url = "http://news.test/hook?x=1",
       .headers = {{"Content-Type", "application/json"}, {"User-Agent", "A test"}, {"X-Empty", ""}},
       .body = "{\"a\":1}"}));
  ASSERT_TRUE(ask(*client_, {.method = "GET", .url = "http://news.test/after"}));
  const Result<HttpResponse> head =
      ask(*client_, {.method = "HEAD", .url = "http://news.test/head"});
  ASSERT_TRUE(head);
  EXPECT_EQ(head->body, "");

  const std::vector<publisher::SeenRequest> seen = publisher_->seen("news.test");
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0].method, "POST");
  EXPECT_EQ(seen[0].target, "/hook?x=1");
  EXPECT_EQ(seen[0].body, "{\"a\":1}");
  EXPECT_EQ(header(seen[0].headers, "Content-Type"), "application/json");
  EXPECT_EQ(header(seen[0].headers, "User-Agent"), "A test");
  EXPECT_EQ(header(seen[0].headers, "Accept-Encoding"), "gzip, deflate, br, zstd");
  EXPECT_EQ(seen[1].method, "GET");
  EXPECT_EQ(seen[1].body, "");
  EXPECT_EQ(header(seen[1].headers, "User-Agent"), "Tidings/0.1");
  EXPECT_EQ(seen[2].method, "HEAD");
}

TEST_F(CurlHttpClientTest, DecodesWhatWasCompressed) {
  const std::string text(100'000, 'x');
  for (const auto& [codec, name] : {std::pair{Compression::Gzip, "gzip"},
                                    {Compression::Brotli, "br"},
                                    {Compression::Zstd, "zstd"}}) {
    Behavior page = publisher::feed(compress(text, codec, 1));
    page.content_encoding = name;
    publisher_->add("packed.test", "/feed", page);
    const Result<HttpResponse> answer = get(*client_, "http://packed.test/feed");
    ASSERT_TRUE(answer) << name << ": " << answer.error().message;
    EXPECT_EQ(answer->body, text) << name;
  }
}

TEST_F(CurlHttpClientTest, RefusesRequestsThatCannotBeSent) {
  struct Case {
    const char* why;
    HttpRequest given;
    const char* expected;
  };
  const Case cases[] = {
      {"another scheme", {.url = "ftp://news.test/feed"}, "scheme_refused"},
      {"a local file", {.url = "file:///etc/passwd"}, "scheme_refused"},
      {"an old protocol", {.url = "gopher://news.test/"}, "scheme_refused"},
      {"no scheme", {.url = "news.test/feed"}, "bad_url"},
      {"no address", {.url = ""}, "bad_url"},
      {"no host", {.url = "http://"}, "bad_url"},
      {"a port that is none", {.url = "http://news.test:99999/"}, "bad_url"},
      {"a header that would end the line",
       {.url = "http://news.test/", .headers = {{"X", "a\r\nY: b"}}},
       "bad_request"},
      {"a header name that would",
       {.url = "http://news.test/", .headers = {{"X\r\nY", "b"}}},
       "bad_request"},
      {"a method that would", {.method = "GET /x\r\n", .url = "http://news.test/"}, "bad_request"},
  };
  for (const Case& c : cases) {
    const Result<HttpResponse> answer = ask(*client_, c.given);
    EXPECT_EQ(code_of(answer), c.expected) << c.why;
    if (!answer) {
      EXPECT_EQ(answer.error().kind, ErrorKind::InvalidInput) << c.why;
    }
  }
  EXPECT_EQ(publisher_->requests(), 0);
}

// ---- redirects ----

TEST_F(CurlHttpClientTest, FollowsRedirectsAndTellsWhereAPermanentChainLed) {
  struct Case {
    const char* why;
    std::vector<int> statuses;
    const char* permanent;
  };
  const Case cases[] = {
      {"all permanent", {301, 308}, "http://end.test/feed"},
      {"the first not", {302, 301}, ""},
      {"the second not", {301, 307}, "http://hop1.test/"},
      {"a see other", {303}, ""},
      {"as many as allowed", {301, 301, 301, 301, 301}, "http://end.test/feed"},
  };
  publisher_->add("end.test", "/feed", publisher::feed(kFeed));
  for (const Case& c : cases) {
    for (std::size_t i = 0; i < c.statuses.size(); ++i) {
      const std::string next = i + 1 == c.statuses.size()
                                   ? "http://end.test/feed"
                                   : "http://hop" + std::to_string(i + 1) + ".test/";
      publisher_->add("hop" + std::to_string(i) + ".test", "/",
                      publisher::redirect(c.statuses[i], next));
    }
    const Result<HttpResponse> answer = get(*client_, "http://hop0.test/");
    ASSERT_TRUE(answer) << c.why << ": " << answer.error().message;
    EXPECT_EQ(answer->status, 200) << c.why;
    EXPECT_EQ(answer->body, kFeed) << c.why;
    EXPECT_EQ(answer->url, "http://end.test/feed") << c.why;
    EXPECT_EQ(answer->permanent_url, c.permanent) << c.why;
  }
}

TEST_F(CurlHttpClientTest, ResolvesRelativeLocations) {
  publisher_->add("news.test", "/old/feed", publisher::redirect(301, "../new/feed#top"));
  publisher_->add("news.test", "/new/feed", publisher::feed(kFeed));
  const Result<HttpResponse> answer = get(*client_, "http://news.test/old/feed");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->url, "http://news.test/new/feed");
}

TEST_F(CurlHttpClientTest, ARedirectToNowhereIsAnAnswer) {
  publisher_->add("news.test", "/feed", publisher::failure(302));
  const Result<HttpResponse> answer = get(*client_, "http://news.test/feed");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
}

TEST_F(CurlHttpClientTest, StopsWhereARedirectLeavesTheDomain) {
  publisher_->add("news.test", "/feed", publisher::redirect(301, "http://www.news.test/feed"));
  publisher_->add("www.news.test", "/feed", publisher::redirect(308, "http://other.test/feed"));
  publisher_->add("other.test", "/feed", publisher::feed(kFeed));
  HttpRequest request{.url = "http://news.test/feed",
                      .stays_in_domain = true,
                      .redirects_before = 1,
                      .elapsed_before = std::chrono::seconds(5)};
  const Result<HttpResponse> answer = ask(*client_, request);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 308);
  EXPECT_EQ(answer->redirect_url, "http://other.test/feed");
  EXPECT_EQ(answer->permanent_url, answer->redirect_url);
  EXPECT_EQ(answer->redirects, 3);
  EXPECT_GE(answer->elapsed, request.elapsed_before);
  EXPECT_EQ(publisher_->requests("other.test"), 0);

  request.redirects_before = request.limits.redirects_max - 1;
  EXPECT_EQ(code_of(ask(*client_, request)), "too_many_redirects") << "all requests' together";
  request.redirects_before = 0;
  request.elapsed_before = request.limits.total_timeout - 100ms;
  request.url = "http://news.test/behavior/stalled";
  EXPECT_EQ(code_of(ask(*client_, request)), "timeout");
}

TEST_F(CurlHttpClientTest, KeepsNoBodyForWhichThereIsNoRoom) {
  publisher_->add("news.test", "/feed", publisher::feed(std::string(1'000'000, 'x')));
  std::size_t kept = 0;
  const auto may_keep = [&kept](std::size_t bytes) { return (kept += bytes) <= 500'000; };
  const Result<HttpResponse> answer =
      ask(*client_, {.url = "http://news.test/feed", .may_keep = may_keep});
  EXPECT_EQ(code_of(answer), "no_room");
}

TEST_F(CurlHttpClientTest, GivesUpOnLoops) {
  const Result<HttpResponse> answer = get(*client_, "http://news.test/behavior/loop/302");
  EXPECT_EQ(code_of(answer), "too_many_redirects");
  EXPECT_EQ(publisher_->requests("news.test"), 6);
}

TEST_F(CurlHttpClientTest, DoesNotCarryCredentialsToAnotherOrigin) {
  publisher_->add("a.test", "/feed", publisher::redirect(302, "http://b.test/feed"));
  publisher_->add("a.test", "/inside", publisher::redirect(302, "http://a.test/feed"));
  publisher_->add("b.test", "/feed", publisher::feed(kFeed));
  ASSERT_TRUE(ask(*client_, {.url = "http://name:secret@a.test/inside",
                             .headers = {{"Cookie", "id=1"}, {"X-Kept", "yes"}}}));
  const auto at_a = publisher_->seen("a.test"), at_b = publisher_->seen("b.test");
  ASSERT_EQ(at_a.size(), 2u);
  ASSERT_EQ(at_b.size(), 1u);
  EXPECT_EQ(header(at_a[0].headers, "Authorization"), "Basic bmFtZTpzZWNyZXQ=");
  EXPECT_EQ(header(at_a[1].headers, "Authorization"), "Basic bmFtZTpzZWNyZXQ=");
  EXPECT_EQ(header(at_a[1].headers, "Cookie"), "id=1");
  EXPECT_EQ(header(at_b[0].headers, "Authorization"), "");
  EXPECT_EQ(header(at_b[0].headers, "Cookie"), "");
  EXPECT_EQ(header(at_b[0].headers, "X-Kept"), "yes");
}

TEST_F(CurlHttpClientTest, HeadersOfAnOriginGoToNoOther) {
  const auto other_port = *Publisher::start();
  other_port->add("127.0.0.1", "", publisher::feed("ok"));
  const std::string elsewhere = "http://127.0.0.1:" + std::to_string(other_port->port()) + "/";
  publisher_->add("a.test", "/feed", publisher::feed(kFeed));
  publisher_->add("a.test", "/inside", publisher::redirect(302, "http://a.test/feed"));
  publisher_->add("a.test", "/port", publisher::redirect(301, elsewhere));
  publisher_->add("a.test", "/sub", publisher::redirect(301, "http://www.a.test/feed"));
  publisher_->add("a.test", "/back", publisher::redirect(302, "http://b.test/back"));
  publisher_->add("www.a.test", "", publisher::feed(kFeed));
  publisher_->add("b.test", "/back", publisher::redirect(307, "http://a.test/feed"));
  const auto request = [](const std::string& path) {
    return HttpRequest{.url = "http://a.test" + path,
                       .headers = {{"Accept", "text/plain"}, {"X-Kept", "yes"}},
                       .origin_headers = {{"X-Api-Key", "hunter2"}, {"Accept", "text/html"}},
                       .origin = "http://a.test"};
  };
  for (const char* path : {"/feed", "/inside", "/port", "/sub", "/back"})
    ASSERT_TRUE(ask(*client_, request(path))) << path;
  for (const auto& seen : publisher_->seen("a.test")) {
    EXPECT_EQ(header(seen.headers, "X-Api-Key"), "hunter2") << seen.target;
    EXPECT_EQ(header(seen.headers, "Accept"), "text/html") << seen.target;
    EXPECT_EQ(header(seen.headers, "X-Kept"), "yes") << seen.target;
  }
  EXPECT_EQ(publisher_->seen("a.test").size(), 7u);
  std::vector<publisher::SeenRequest> others = other_port->seen("127.0.0.1");
  for (const char* host : {"www.a.test", "b.test"}) {
    for (const auto& seen : publisher_->seen(host)) others.push_back(seen);
  }
  EXPECT_EQ(others.size(), 3u);
  for (const auto& seen : others) {
    EXPECT_EQ(header(seen.headers, "X-Api-Key"), "") << seen.target;
    EXPECT_EQ(header(seen.headers, "Accept"), "text/plain") << seen.target;
    EXPECT_EQ(header(seen.headers, "X-Kept"), "yes") << seen.target;
  }
}

TEST_F(CurlHttpClientTest, APostBecomesAGetWhereBrowsersMakeItOne) {
  for (const auto& [status, method] :
       {std::pair{301, "GET"}, {302, "GET"}, {303, "GET"}, {307, "POST"}, {308, "POST"}}) {
    const std::string host = "to" + std::to_string(status) + ".test";
    publisher_->add("from.test", "/", publisher::redirect(status, "http://" + host + "/"));
    publisher_->add(host, "/", publisher::feed("ok"));
    ASSERT_TRUE(ask(*client_, {.method = "POST", .url = "http://from.test/", .body = "payload"}));
    const auto seen = publisher_->seen(host);
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_EQ(seen[0].method, method) << status;
    EXPECT_EQ(seen[0].body, status >= 307 ? "payload" : "") << status;
  }
}

// ---- the guard ----

TEST_F(CurlHttpClientTest, RefusesAddressesThatTheSettingsDoNotAllow) {
  const auto guarded = make({});
  const std::string port = std::to_string(publisher_->port());
  for (const std::string& url :
       {"http://127.0.0.1:" + port + "/", "http://localhost:" + port + "/",
        "http://[::1]:" + port + "/", "http://0.0.0.0:" + port + "/",
        "http://[::ffff:127.0.0.1]:" + port + "/", "http://2130706433:" + port + "/",
        "http://127.1:" + port + "/", std::string("http://10.0.0.7/"),
        std::string("http://169.254.169.254/latest/meta-data/")}) {
    const Result<HttpResponse> answer = get(*guarded, url);
    EXPECT_EQ(code_of(answer), "address_refused") << url << ": " << message_of(answer);
    if (!answer) {
      EXPECT_EQ(answer.error().kind, ErrorKind::Forbidden) << url;
    }
  }
  EXPECT_EQ(publisher_->requests(), 0);
}

TEST_F(CurlHttpClientTest, JudgesTheAddressThatAnOverrideGives) {
  const auto guarded = make({.overrides = {publisher_->host_override()}});
  const Result<HttpResponse> answer = get(*guarded, "http://news.test/feed");
  EXPECT_EQ(code_of(answer), "address_refused");
  EXPECT_THAT(message_of(answer), HasSubstr("127.0.0.1"));
  EXPECT_EQ(publisher_->requests(), 0);
}

TEST_F(CurlHttpClientTest, RefusesRedirectsToWhereItMayNotGo) {
  struct Case {
    const char* to;
    const char* expected;
  };
  for (const Case& c : {Case{"http://10.1.2.3/", "address_refused"},
                        {"http://[::1]/", "address_refused"},
                        {"http://192.168.0.1:8080/", "address_refused"},
                        {"ftp://news.test/feed", "scheme_refused"},
                        {"file:///etc/passwd", "scheme_refused"},
                        {"gopher://news.test/", "scheme_refused"}}) {
    publisher_->add("news.test", "/feed", publisher::redirect(301, c.to));
    const Result<HttpResponse> answer = get(*client_, "http://news.test/feed");
    EXPECT_EQ(code_of(answer), c.expected) << c.to << ": " << message_of(answer);
  }
}

TEST_F(CurlHttpClientTest, AProxyIsNotSentToRefusedAddresses) {
  publisher_->add("outside.example", "", publisher::feed("from the proxy"));
  CurlSettings settings;
  settings.proxy = "http://127.0.0.1:" + std::to_string(publisher_->port());
  const auto proxied = make(settings);
  const Result<HttpResponse> answer = get(*proxied, "http://outside.example/feed");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "from the proxy");
  for (const char* url :
       {"http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/"}) {
    EXPECT_EQ(code_of(get(*proxied, url)), "address_refused") << url;
  }
  EXPECT_EQ(publisher_->requests(), 1);
}

TEST_F(CurlHttpClientTest, ARequestsOwnProxyIsJudgedByItsAddress) {
  publisher_->add("outside.example", "", publisher::feed("from the proxy"));
  const std::string proxy = "http://me:hunter2@127.0.0.1:" + std::to_string(publisher_->port());
  const HttpRequest request{.url = "http://outside.example/feed", .proxy = proxy};

  const Result<HttpResponse> refused = ask(*make({}), request);
  EXPECT_EQ(code_of(refused), "address_refused");
  EXPECT_THAT(message_of(refused), HasSubstr("fetch.allowed_proxies"));
  EXPECT_THAT(message_of(refused), ::testing::Not(HasSubstr("hunter2")));
  EXPECT_EQ(publisher_->requests(), 0);

  // Where proxies may be, nothing else may.
  const auto client = make({.proxy_policy = AddressPolicy({*parse_ip_range("127.0.0.1/32")})});
  const Result<HttpResponse> answer = ask(*client, request);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "from the proxy");
  const auto seen = publisher_->seen("outside.example");
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(header(seen[0].headers, "Proxy-Authorization"), "Basic bWU6aHVudGVyMg==");
  const std::string direct = "http://127.0.0.1:" + std::to_string(publisher_->port()) + "/";
  EXPECT_EQ(code_of(get(*client, direct)), "address_refused");
  EXPECT_EQ(code_of(ask(*client, {.url = direct, .proxy = proxy})), "address_refused")
      << "a proxy is not sent to refused addresses";
  // A proxy that is not there fails without showing its password.
  const Result<HttpResponse> dead =
      ask(*client, {.url = "http://outside.example/", .proxy = "http://me:hunter2@127.0.0.1:1"});
  EXPECT_EQ(code_of(dead), "connect_failed");
  EXPECT_THAT(message_of(dead), ::testing::Not(HasSubstr("hunter2")));
}

// ---- limits and what goes wrong ----

TEST_F(CurlHttpClientTest, NamesWhatWentWrong) {
  struct Case {
    const char* why;
    std::string url;
    const char* expected;
    const char* message;
  };
  publisher_->add("short.test", "/", {.content_encoding = "gzip", .body = "not gzip at all"});
  const Case cases[] = {
      {"bytes that are no HTTP", "http://x.test/behavior/garbage", "bad_response",
       "x.test: what it answers is not HTTP"},
      {"no answer", "http://x.test/behavior/closed-early", "bad_response",
       "x.test: closed the connection without an answer"},
      {"half an answer", "http://x.test/behavior/truncated", "bad_response",
       "x.test: closed the connection before the answer was complete"},
      {"broken compression", "http://short.test/", "bad_response",
       "short.test: the answer cannot be decompressed"},
      {"nobody listens", "http://127.0.0.1:1/", "connect_failed",
       "connect to 127.0.0.1: connection refused"},
      {"no such name", "http://no-such-host.invalid/", "dns_failed",
       "look up no-such-host.invalid: the name has no address"},
      {"no TLS there", "https://x.test/", "tls_failed", "secure connection to x.test: "},
  };
  for (const Case& c : cases) {
    const Result<HttpResponse> answer = get(*client_, c.url);
    EXPECT_EQ(code_of(answer), c.expected) << c.why;
    EXPECT_THAT(message_of(answer), HasSubstr(c.message)) << c.why;
    if (!answer) {
      EXPECT_EQ(answer.error().kind, ErrorKind::Unavailable) << c.why;
    }
  }
}

TEST_F(CurlHttpClientTest, StopsAtTheSizeLimits) {
  HttpLimits limits{.body_bytes_max = 1'000'000, .header_bytes_max = 8'000};
  publisher_->add("fits.test", "/", publisher::feed(std::string(1'000'000, 'x')));
  publisher_->add("large.test", "/", publisher::feed(std::string(1'000'001, 'x')));
  for (const auto& [codec, name] : {std::pair{Compression::Gzip, "gzip"},
                                    {Compression::Brotli, "br"},
                                    {Compression::Zstd, "zstd"}}) {
    publisher_->add(std::string(name) + ".test", "/", publisher::bomb(codec, 20'000'000));
  }
  const Result<HttpResponse> fits = ask(*client_, {.url = "http://fits.test/", .limits = limits});
  ASSERT_TRUE(fits) << fits.error().message;
  EXPECT_EQ(fits->body.size(), 1'000'000u);
  for (const char* url : {"http://large.test/", "http://x.test/behavior/endless-body",
                          "http://gzip.test/", "http://br.test/", "http://zstd.test/"}) {
    const Result<HttpResponse> answer = ask(*client_, {.url = url, .limits = limits});
    EXPECT_EQ(code_of(answer), "too_large") << url;
    EXPECT_THAT(message_of(answer), HasSubstr("the answer's body is larger than 1000000 bytes"))
        << url;
  }
  for (const char* url :
       {"http://x.test/behavior/endless-headers", "http://x.test/behavior/endless-line"}) {
    const Result<HttpResponse> answer = ask(*client_, {.url = url, .limits = limits});
    EXPECT_EQ(code_of(answer), "too_large") << url;
    EXPECT_THAT(message_of(answer), HasSubstr("the answer's headers are larger than 8000 bytes"))
        << url;
  }
}

TEST_F(CurlHttpClientTest, CountsCompressedBytesThatDecodeToNothing) {
  // Empty zstd frames, one after the other, without a length: no decoded byte ever reaches the
  // client.
  publisher_->add("hollow.test", "/",
                  {.manner = Manner::EndlessBody,
                   .content_encoding = "zstd",
                   .body = compress("", Compression::Zstd, 1)});
  const Result<HttpResponse> answer = ask(
      *client_,
      {.url = "http://hollow.test/", .limits = {.body_bytes_max = 100'000, .total_timeout = 20s}});
  EXPECT_EQ(code_of(answer), "too_large") << message_of(answer);
}

TEST_F(CurlHttpClientTest, LimitsCountOverAllHops) {
  Behavior hop = publisher::redirect(302, "/end");
  hop.headers.emplace_back("X-Fill", std::string(3'000, 'x'));
  hop.body = std::string(3'000, 'x');
  Behavior end = publisher::feed(std::string(3'000, 'x'));
  end.headers.emplace_back("X-Fill", std::string(3'000, 'x'));
  publisher_->add("news.test", "/start", hop);
  publisher_->add("news.test", "/end", end);
  const auto with = [&](HttpLimits limits) {
    return ask(*client_, {.url = "http://news.test/start", .limits = limits});
  };
  EXPECT_TRUE(with({.body_bytes_max = 7'000, .header_bytes_max = 7'000}));
  EXPECT_EQ(code_of(with({.body_bytes_max = 5'000})), "too_large");
  EXPECT_EQ(code_of(with({.header_bytes_max = 5'000})), "too_large");
}

TEST_F(CurlHttpClientTest, DoesNotWaitForEver) {
  for (const char* name : {"stalled", "stalled-body"}) {
    const Result<HttpResponse> answer = ask(
        *client_,
        {.url = std::string("http://x.test/behavior/") + name, .limits = {.total_timeout = 150ms}});
    EXPECT_EQ(code_of(answer), "timeout") << name;
    EXPECT_EQ(message_of(answer), "x.test: no complete answer within 0.15 s") << name;
  }
  // The clock does not start again with a redirect.
  Behavior slow = publisher::redirect(302, "/again");
  slow.delay = 60ms;
  publisher_->add("slow.test", "", slow);
  const Result<HttpResponse> answer =
      ask(*client_,
          {.url = "http://slow.test/", .limits = {.total_timeout = 150ms, .redirects_max = 50}});
  EXPECT_EQ(code_of(answer), "timeout");
}

TEST_F(CurlHttpClientTest, GivesUpOnDrippingServers) {
  const Result<HttpResponse> answer = ask(
      *client_,
      {.url = "http://x.test/behavior/slow",
       .limits = {.speed_bytes_per_second_min = 1000, .speed_window = std::chrono::seconds(1)}});
  EXPECT_EQ(code_of(answer), "too_slow");
  EXPECT_EQ(message_of(answer), "x.test: slower than 1000 bytes per second for 1 s");
}

// ---- many at once ----

}  // namespace
}  // namespace tidings::curl
