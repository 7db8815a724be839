// What holds for every route: validators, encodings, methods, problems, hosts, overload.
#include <poll.h>

#include <set>
#include <thread>

#include "core/compression.h"
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

class Protocol : public ApiTest {
 protected:
  void start_with_articles() {
    const SourceId source = add_source("times");
    for (int i = 0; i < 20; ++i) add_article(source, {.title = "Article " + std::to_string(i)});
    start();
  }
};

TEST_F(Protocol, AnswersNotModifiedToWhoHasItAlready) {
  start_with_articles();
  const RawResponse first = get("/api/v1/articles");
  const std::string etag = first.header("ETag");
  ASSERT_THAT(etag, testing::MatchesRegex("\"[0-9a-f]{32}\""));
  EXPECT_EQ(first.header("Cache-Control"), "no-cache");
  for (const std::string& known : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
    const RawResponse again = get("/api/v1/articles", "If-None-Match: " + known + "\r\n");
    EXPECT_EQ(again.status, 304) << known;
    EXPECT_EQ(again.header("ETag"), etag);
    EXPECT_EQ(again.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(again.header("Content-Length"), "");
    EXPECT_EQ(again.header("Content-Type"), "");
  }
  EXPECT_EQ(get("/api/v1/articles", "If-None-Match: \"other\"\r\n").status, 200);
  const std::string two_lines = "If-None-Match: \"other\"\r\nIf-None-Match: " + etag + "\r\n";
  EXPECT_EQ(get("/api/v1/articles", two_lines).status, 304);
  // What is not kept by the server has validators all the same.
  const std::string sources = get("/api/v1/sources").header("ETag");
  EXPECT_EQ(get("/api/v1/sources", "If-None-Match: " + sources + "\r\n").status, 304);
}

TEST_F(Protocol, CompressesAsTheClientLikes) {
  start_with_articles();
  const std::string plain = get("/api/v1/articles").body;
  struct Case {
    std::string accepts, expected;
  };
  const std::vector<Case> cases = {{"gzip", "gzip"},           {"br", "br"},
                                   {"gzip, br", "br"},         {"gzip;q=1, br;q=0.1", "gzip"},
                                   {"identity, br;q=0.5", ""}, {"zstd", ""}};
  std::set<std::string> etags;
  for (const auto& [accepts, expected] : cases) {
    for (int i = 0; i < 2; ++i) {  // made, and kept
      const RawResponse response = get("/api/v1/articles", "Accept-Encoding: " + accepts + "\r\n");
      EXPECT_EQ(response.header("Content-Encoding"), expected) << accepts;
      EXPECT_EQ(response.header("Vary"), "Accept-Encoding");
      etags.insert(response.header("ETag"));
      if (expected.empty()) {
        EXPECT_EQ(response.body, plain);
        continue;
      }
      EXPECT_LT(response.body.size(), plain.size() / 2);
      const auto codec = expected == "br" ? Compression::Brotli : Compression::Gzip;
      const auto unpacked = decompress(response.body, codec, 1 << 20);
      ASSERT_TRUE(unpacked);
      EXPECT_EQ(*unpacked, plain);
    }
  }
  const std::string two_lines = "Accept-Encoding: zstd\r\nAccept-Encoding: gzip\r\n";
  EXPECT_EQ(get("/api/v1/articles", two_lines).header("Content-Encoding"), "gzip");
  EXPECT_EQ(etags.size(), 3u);  // strong tags differ by encoding
}

TEST_F(Protocol, LeavesSmallBodiesAsTheyAre) {
  start();
  EXPECT_EQ(get("/api/v1/articles", "Accept-Encoding: gzip\r\n").header("Content-Encoding"), "");
}

TEST_F(Protocol, AnswersHeadWithTheHeadOfGet) {
  start_with_articles();
  for (const char* target : {"/", "/health", "/api/v1/articles", "/api/v1/stats", "/metrics"}) {
    const RawResponse full = get(target);
    RawClient client(server_->port());
    client.send("HEAD " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n\r\n" +
                get_request("/health"));
    const RawResponse head = client.read_response(true);
    EXPECT_EQ(head.status, 200) << target;
    EXPECT_EQ(head.header("ETag"), full.header("ETag")) << target;
    EXPECT_EQ(head.header("Content-Type"), full.header("Content-Type")) << target;
    if (std::string_view(target) != "/metrics") {  // which counts the requests in between
      EXPECT_EQ(head.header("Content-Length"), full.header("Content-Length")) << target;
    }
    EXPECT_EQ(client.read_response().body, "{\"status\":\"ok\"}\n") << target;
  }
}

TEST_F(Protocol, SaysWhichMethodsAreAllowed) {
  start();
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "PROPFIND"}) {
    const RawResponse response = ask(std::string(method) +
                                     " /api/v1/articles HTTP/1.1\r\nHost: localhost\r\n"
                                     "Content-Length: 0\r\n\r\n");
    expect_problem(response, 405, "method_not_allowed");
    EXPECT_EQ(response.header("Allow"), "GET, HEAD, OPTIONS");
  }
  const RawResponse options = ask("OPTIONS /api/v1/articles HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(ask("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 204);
}

TEST_F(Protocol, NamesTheParameterThatIsWrong) {
  start();
  struct Case {
    std::string target, code, parameter;
  };
  const std::vector<Case> cases = {
      {"/api/v1/articles?soruce=1", "parameter_unknown", "soruce"},
      {"/api/v1/articles?limit=0", "parameter_invalid", "limit"},
      {"/api/v1/articles?limit=1&limit=2", "parameter_repeated", "limit"},
      {"/api/v1/articles/1?x", "parameter_unknown", "x"},
      {"/api/v1/sources?enabled=yes", "parameter_invalid", "enabled"},
      {"/api/v1/stats?since=x", "parameter_invalid", "since"},
      {"/health?verbose=1", "parameter_unknown", "verbose"},
      {"/?utm_source=x", "parameter_unknown", "utm_source"},
  };
  for (const auto& [target, code, parameter] : cases) {
    const RawResponse response = get(target);
    expect_problem(response, 400, code);
    EXPECT_EQ(json::parse(response.body)["parameter"], parameter) << target;
  }
}

TEST_F(Protocol, SaysThatAPathLeadsNowhere) {
  start();
  for (const char* target : {"/nothing", "/api/v1", "/api/v1/articles/", "/%2e%2e/etc/passwd", "//",
                             "/api/v1/articles/1/2"}) {
    expect_problem(get(target), 404, "not_found");
  }
  EXPECT_THAT(get("/metrics").body,
              HasSubstr(R"(tidings_http_requests_total{route="none",status="4xx"} 6)"));
}

TEST_F(Protocol, AnswersOnlyUnderTheNamesOfThisMachine) {
  start();
  for (const char* host : {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:1", "[::1]",
                           "[::1]:8080", "news.example", "News.Example:443"}) {
    EXPECT_EQ(ask("GET /health HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n").status, 200)
        << host;
  }
  for (const char* host : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                           "127.0.0.2", "[::2]", "evil.example:8080", "user@localhost", ""}) {
    expect_problem(ask("GET /health HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n"), 421,
                   "host_not_served");
  }
  // The absolute target's host is the one that counts.
  expect_problem(ask("GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n"), 421,
                 "host_not_served");
  EXPECT_EQ(ask("GET /health HTTP/1.0\r\n\r\n").status, 200);
}

TEST_F(Protocol, TurnsRequestsAwayWhenTooManyWait) {
  settings_.workers = 1;
  settings_.queue_max = 1;
  start();
  HeldRead held(after_find_);
  RawClient running(server_->port()), one(server_->port()), other(server_->port());
  running.send(get_request("/api/v1/articles?limit=1"));
  held.wait_until_reading();
  // One of these waits in the queue; the other is turned away at once.
  one.send(get_request("/api/v1/articles?limit=2"));
  other.send(get_request("/api/v1/articles?limit=3"));
  std::array<pollfd, 2> sockets = {{{one.socket(), POLLIN, 0}, {other.socket(), POLLIN, 0}}};
  ASSERT_EQ(::poll(sockets.data(), sockets.size(), 10'000), 1);
  RawClient& refused = sockets[0].revents != 0 ? one : other;
  RawClient& queued = sockets[0].revents != 0 ? other : one;
  const RawResponse response = refused.read_response();
  expect_problem(response, 503, "overloaded");
  EXPECT_EQ(response.header("Retry-After"), "1");
  EXPECT_EQ(get("/health").status, 200);  // What needs no worker is answered meanwhile.
  held.release();
  EXPECT_EQ(queued.read_response().status, 200);
  EXPECT_EQ(running.read_response().status, 200);
  // What was turned away can be asked again: nobody waits for an answer that will never be made.
  EXPECT_EQ(get("/api/v1/articles?limit=2").status, 200);
  EXPECT_EQ(get("/api/v1/articles?limit=3").status, 200);
}

// While a database was connected and silent, requests waited for a worker without end.
TEST_F(Protocol, RefusesWhatWaitsTooLongForAWorker) {
  settings_.workers = 1;
  settings_.queue_wait_max = std::chrono::milliseconds(50);
  start();
  HeldRead held(after_find_);
  RawClient running(server_->port());
  running.send(get_request("/api/v1/articles?limit=1"));
  held.wait_until_reading();
  for (const char* target : {"/api/v1/articles?limit=2", "/api/v1/stats"}) {
    const RawResponse refused = get(target);
    expect_problem(refused, 503, "overloaded");
    EXPECT_EQ(refused.header("Retry-After"), "1");
  }
  EXPECT_EQ(get("/health").status, 200);
  EXPECT_EQ(get("/metrics").status, 200) << "who looks for the reason must not wait";
  held.release();
  EXPECT_EQ(running.read_response().status, 200);
  EXPECT_EQ(get("/api/v1/articles?limit=2").status, 200);
}

TEST_F(Protocol, ServesThePageWithAPolicyThatLetsNothingElseIn) {
  start();
  const RawResponse page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
  EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(page.header("Content-Security-Policy").find("unsafe"), std::string::npos);
  EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
  // Everything that the page names is there.
  for (const char* asset : {"/assets/page.css", "/assets/page.js", "/assets/stories.js",
                            "/assets/search.js", "/assets/icon.svg"}) {
    EXPECT_THAT(page.body, HasSubstr(asset));
    EXPECT_EQ(get(asset).status, 200) << asset;
  }
  EXPECT_EQ(page.body.find("<script>"), std::string::npos);
  EXPECT_EQ(page.body.find("style="), std::string::npos);
}

TEST_F(Protocol, CountsWhatItAnswers) {
  start();
  get("/api/v1/articles");
  get("/api/v1/articles");
  get("/api/v1/articles?x=1");
  const std::string metrics = get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("tidings_http_requests_total{route=\"/api/v1/articles\","
                                 "status=\"2xx\"} 2"));
  EXPECT_THAT(metrics, HasSubstr("tidings_http_requests_total{route=\"/api/v1/articles\","
                                 "status=\"4xx\"} 1"));
  EXPECT_THAT(metrics, HasSubstr("tidings_response_cache_hits_total 1"));
}

TEST_F(Protocol, FinishesWhatIsInFlightBeforeItStops) {
  add_article(add_source("times"), {.title = "one"});
  start();
  HeldRead held(after_find_);
  RawClient client(server_->port());
  client.send(get_request("/api/v1/articles"));
  held.wait_until_reading();
  std::jthread draining([&] { server_->drain(std::chrono::seconds(10)); });
  held.release();
  EXPECT_EQ(client.read_response().status, 200);
  EXPECT_TRUE(client.is_closed());
}

}  // namespace
}  // namespace tidings::api
