#include "serve/http_server.h"

#include <poll.h>

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/bounded_queue.h"
#include "serve/problem.h"
#include "tests/support/raw_client.h"

namespace tidings::serve {
namespace {

using std::chrono::milliseconds;
using test::get_request;
using test::RawClient;
using test::RawResponse;
using testing::HasSubstr;

// Echoes what it understood; "/later" is answered when the test says so, "/stream" never ends.
class EchoHandler final : public RequestHandler {
 public:
  void handle(Exchange& exchange) override {
    const Request& request = exchange.request();
    if (request.path == "/later") {
      kept.push(exchange.keep());
      return;
    }
    if (request.path == "/stream") {
      streams.push(exchange.stream(make_stream_head({}), ": beat\n\n"));
      return;
    }
    if (request.path == "/large") {
      return exchange.reply(make_response(200, {}, std::string(8 << 20, 'x')));
    }
    exchange.reply(make_response(
        200, {},
        std::string(to_string(request.method)) + " " + std::string(request.target) + " host=" +
            std::string(request.host) + " body=" + std::string(request.body.substr(0, 100)) + " " +
            std::to_string(request.body.size())));
  }

  BoundedQueue<std::shared_ptr<Exchange>> kept{100};
  BoundedQueue<std::shared_ptr<Stream>> streams{100};
};

class HttpServerTest : public testing::Test {
 protected:
  static ServerSettings quick_settings() {
    ServerSettings settings;
    settings.port = 0;
    settings.loops = 2;
    settings.sweep_interval = milliseconds(10);
    return settings;
  }

  void start(const ServerSettings& settings) {
    auto server = HttpServer::start(settings, handler_, metrics_);
    ASSERT_TRUE(server) << server.error().message;
    server_ = *std::move(server);
  }

  RawResponse ask(std::string_view bytes) {
    RawClient client(server_->port());
    client.send(bytes);
    return client.read_response();
  }

  Metrics metrics_;
  EchoHandler handler_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, AnswersOneRequestAfterAnotherOnOneConnection) {
  start(quick_settings());
  RawClient client(server_->port());
  for (int i = 0; i < 3; ++i) {
    client.send(get_request("/a?b=" + std::to_string(i)));
    const RawResponse response = client.read_response();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "GET /a?b=" + std::to_string(i) + " host=localhost body= 0");
    EXPECT_FALSE(response.header("Date").empty());
    EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff");
  }
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInOrderWhoeverIsQuicker) {
  start(quick_settings());
  RawClient client(server_->port());
  client.send(get_request("/1") + get_request("/later") + get_request("/3"));
  EXPECT_THAT(client.read_response().body, HasSubstr("GET /1 "));
  (*handler_.kept.pop())->reply(make_response(200, {}, "second"));
  EXPECT_EQ(client.read_response().body, "second");
  EXPECT_THAT(client.read_response().body, HasSubstr("GET /3 "));
}

TEST_F(HttpServerTest, ReadsARequestThatArrivesByteByByte) {
  start(quick_settings());
  RawClient client(server_->port());
  for (const char c : std::string("POST /slow HTTP/1.1\r\nHost: localhost\r\n"
                                  "Transfer-Encoding: chunked\r\n\r\n"
                                  "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n")) {
    ASSERT_TRUE(client.send(std::string_view(&c, 1)));
  }
  EXPECT_EQ(client.read_response().body, "POST /slow host=localhost body=abcde 5");
}

// Found by request_parser_fuzz: Beast asserted.
TEST_F(HttpServerTest, ReadsAnEmptyChunkedBodyThatArrivesByteByByte) {
  start(quick_settings());
  RawClient client(server_->port());
  for (const char c : std::string("POST / HTTP/1.1\r\nHost: h\r\n"
                                  "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
    ASSERT_TRUE(client.send(std::string_view(&c, 1)));
  }
  EXPECT_EQ(client.read_response().body, "POST / host=h body= 0");
}

TEST_F(HttpServerTest, SendsHeadWithoutBodyAndWithItsLength) {
  start(quick_settings());
  RawClient client(server_->port());
  client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n" + get_request("/next"));
  const RawResponse response = client.read_response(true);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.header("Content-Length"), "22");
  EXPECT_THAT(client.read_response().body, HasSubstr("GET /next"));
}

TEST_F(HttpServerTest, ReadsAnAbsoluteTargetAndItsHost) {
  start(quick_settings());
  EXPECT_EQ(ask("GET http://other:81/p?q HTTP/1.1\r\nHost: localhost\r\n\r\n").body,
            "GET /p?q host=other:81 body= 0");
  EXPECT_EQ(ask("GET http://other HTTP/1.1\r\nHost: localhost\r\n\r\n").body,
            "GET / host=other body= 0");
}

TEST_F(HttpServerTest, KeepsAnOldClientsConnectionOnlyWhenAsked) {
  start(quick_settings());
  RawClient closing(server_->port());
  closing.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(closing.read_response().header("Connection"), "close");
  EXPECT_TRUE(closing.is_closed());

  RawClient staying(server_->port());
  staying.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(staying.read_response().header("Connection"), "keep-alive");
  staying.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(staying.read_response().status, 200);
}

TEST_F(HttpServerTest, TellsAClientThatAsksFirstToSendItsBody) {
  start(quick_settings());
  RawClient client(server_->port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_THAT(client.read_response().body, HasSubstr("body=ok 2"));
}

TEST_F(HttpServerTest, RefusesWhatIsNotARequestAndClosesTheConnection) {
  start(quick_settings());
  const std::string host = "Host: localhost\r\n";
  struct Case {
    std::string why, given;
    int expected;
  };
  const std::vector<Case> cases = {
      {"a TLS hello", std::string("\x16\x03\x01\x02", 4), 400},
      {"no version", "GET /\r\n\r\n", 400},
      {"bare line feeds", "GET / HTTP/1.1\nHost: localhost\n\n", 400},
      {"an unknown version", "GET / HTTP/3.0\r\n" + host + "\r\n", 505},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
      {"a blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
      {"a folded field", "GET / HTTP/1.1\r\n" + host + "A: b\r\n c\r\n\r\n", 400},
      {"a target without a slash", "GET x HTTP/1.1\r\n" + host + "\r\n", 400},
      {"a fragment", "GET /#x HTTP/1.1\r\n" + host + "\r\n", 400},
      {"length and coding",
       "POST / HTTP/1.1\r\n" + host +
           "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
           "0\r\n\r\n",
       400},
      {"coding and length",
       "POST / HTTP/1.1\r\n" + host +
           "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"
           "0\r\n\r\n",
       400},
      {"two lengths that agree",
       "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400},
      {"two lengths that differ",
       "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"a list of lengths", "POST / HTTP/1.1\r\n" + host + "Content-Length: 1, 1\r\n\r\na", 400},
      {"a negative length", "POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400},
      {"a length that overflows",
       "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"a coding that hides chunked",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, identity\r\n\r\n", 400},
      {"a coding in other clothes",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n", 400},
      {"codings in HTTP/1.0",
       "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"a chunk size that is no number",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400},
      {"a chunk size that overflows",
       "POST / HTTP/1.1\r\n" + host +
           "Transfer-Encoding: chunked\r\n\r\n"
           "fffffffffffffffff\r\n\r\n",
       400},
      {"a chunk longer than its size",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
       400},
      {"a long target", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 414},
      {"a target without end", "GET /" + std::string(20000, 'a'), 414},
      {"a long header", "GET / HTTP/1.1\r\n" + host + "A: " + std::string(17000, 'a') + "\r\n\r\n",
       431},
      {"many fields",
       "GET / HTTP/1.1\r\n" + host +
           [] {
             std::string fields;
             for (int i = 0; i < 101; ++i) fields += "A: b\r\n";
             return fields;
           }() +
           "\r\n",
       431},
      {"a large body", "POST / HTTP/1.1\r\n" + host + "Content-Length: 1048577\r\n\r\n", 413},
      {"chunks that add up to a large body",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n" +
           [] {
             std::string chunks;
             for (int i = 0; i < 65; ++i) chunks += "4000\r\n" + std::string(0x4000, 'c') + "\r\n";
             return chunks;
           }(),
       413},
      {"a chunk extension without end",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1;" +
           std::string(40000, 'e'),
       431},
  };
  for (const Case& one : cases) {
    RawClient client(server_->port());
    client.send(one.given);
    const RawResponse response = client.read_response();
    EXPECT_EQ(response.status, one.expected) << one.why << "\n" << response.head;
    EXPECT_EQ(response.header("Content-Type"), "application/problem+json") << one.why;
    EXPECT_THAT(response.body, HasSubstr("urn:tidings:problem:")) << one.why;
    EXPECT_EQ(response.header("Connection"), "close") << one.why;
    EXPECT_TRUE(client.is_closed()) << one.why;
  }
}

TEST_F(HttpServerTest, ReadsABodyUpToItsLimitAndThenTheNextRequest) {
  start(quick_settings());
  RawClient client(server_->port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n" +
              std::string(1048576, 'b') + get_request("/after"));
  EXPECT_THAT(client.read_response().body, HasSubstr(" 1048576"));
  EXPECT_THAT(client.read_response().body, HasSubstr("GET /after"));
}

TEST_F(HttpServerTest, GivesASlowRequestUpWithATimeout) {
  ServerSettings settings = quick_settings();
  settings.request_timeout = milliseconds(30);
  start(settings);
  RawClient client(server_->port());
  client.send("GET / HTTP/1.1\r\nHost: loc");
  EXPECT_EQ(client.read_response().status, 408);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(HttpServerTest, GivesNoMoreTimeForLineEnds) {
  ServerSettings settings = quick_settings();
  settings.request_timeout = milliseconds(30);
  start(settings);
  RawClient client(server_->port());
  pollfd readable{.fd = client.socket(), .events = POLLIN, .revents = 0};
  int sent = 0;
  while (sent < 2000 && ::poll(&readable, 1, 5) == 0) {
    client.send("\r\n");
    ++sent;
  }
  EXPECT_LT(sent, 2000);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(HttpServerTest, ClosesAnIdleConnectionWithoutAWord) {
  ServerSettings settings = quick_settings();
  settings.idle_timeout = milliseconds(30);
  start(settings);
  RawClient silent(server_->port());
  EXPECT_TRUE(silent.is_closed());
  RawClient used(server_->port());
  used.send(get_request("/"));
  EXPECT_EQ(used.read_response().status, 200);
  EXPECT_TRUE(used.is_closed());
}

TEST_F(HttpServerTest, ClosesAConnectionWhoseAnswerNobodyReads) {
  ServerSettings settings = quick_settings();
  settings.write_timeout = milliseconds(30);
  start(settings);
  RawClient client(server_->port());
  client.send(get_request("/large"));
  const std::string begin = client.read_until("\r\n\r\n");
  server_->drain(std::chrono::seconds(10));  // has only this connection to wait for
  EXPECT_LT(client.read_until("never").size(), 8u << 20);
  EXPECT_TRUE(client.is_closed());
  EXPECT_FALSE(RawClient(server_->port()).connected());
}

TEST_F(HttpServerTest, WritesAnAnswerLargerThanTheSocketHolds) {
  start(quick_settings());
  RawClient client(server_->port());
  client.send(get_request("/large") + get_request("/after"));
  EXPECT_EQ(client.read_response().body.size(), 8u << 20);
  EXPECT_THAT(client.read_response().body, HasSubstr("GET /after"));
}

TEST_F(HttpServerTest, TurnsConnectionsAwayBeyondItsLimit) {
  ServerSettings settings = quick_settings();
  settings.connections_max = 1;
  start(settings);
  RawClient first(server_->port());
  first.send(get_request("/"));
  EXPECT_EQ(first.read_response().status, 200);
  RawClient second(server_->port());
  const RawResponse refused = second.read_response();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("Retry-After"), "1");
  EXPECT_TRUE(second.is_closed());
}

TEST_F(HttpServerTest, DrainsByFinishingWhatIsInFlight) {
  ServerSettings settings = quick_settings();
  settings.loops = 1;  // so that the idle one's end tells that draining began for both
  start(settings);
  RawClient idle(server_->port());
  idle.send(get_request("/"));
  EXPECT_EQ(idle.read_response().status, 200);
  RawClient busy(server_->port());
  busy.send(get_request("/later"));
  const std::shared_ptr<Exchange> exchange = *handler_.kept.pop();

  std::jthread draining([&] { server_->drain(std::chrono::seconds(10)); });
  EXPECT_TRUE(idle.is_closed());  // Draining has begun.
  exchange->reply(make_response(200, {}, "finished"));
  const RawResponse response = busy.read_response();
  EXPECT_EQ(response.body, "finished");
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_TRUE(busy.is_closed());
}

TEST_F(HttpServerTest, StreamsFromAnyThreadUntilTheReaderLeaves) {
  ServerSettings settings = quick_settings();
  settings.stream_heartbeat = milliseconds(20);
  start(settings);
  auto client = std::make_unique<RawClient>(server_->port());
  client->send(get_request("/stream"));
  EXPECT_THAT(client->read_until("\r\n\r\n"), HasSubstr("200 OK"));
  const std::shared_ptr<Stream> stream = *handler_.streams.pop();
  EXPECT_TRUE(stream->send(std::make_shared<const std::string>("one\n")));
  EXPECT_EQ(client->read_until("one\n"), "one\n");
  EXPECT_EQ(client->read_until("beat\n\n"), ": beat\n\n");
  client.reset();
  while (stream->send(std::make_shared<const std::string>("more\n"))) std::this_thread::yield();
  EXPECT_FALSE(stream->open());
}

TEST_F(HttpServerTest, DropsAStreamWhoseReaderFallsBehind) {
  ServerSettings settings = quick_settings();
  settings.stream_buffer_bytes_max = 64 * 1024;
  start(settings);
  RawClient client(server_->port());
  client.send(get_request("/stream"));
  client.read_until("\r\n\r\n");
  const std::shared_ptr<Stream> stream = *handler_.streams.pop();
  const auto message = std::make_shared<const std::string>(32 * 1024, 'm');
  int sent = 0;
  while (stream->send(message) && sent < 100'000) ++sent;
  EXPECT_LT(sent, 100'000);
  EXPECT_FALSE(stream->open());
}

TEST_F(HttpServerTest, RefusesAddressesThatOtherMachinesReach) {
  for (const char* address : {"0.0.0.0", "::", "192.168.1.4", "10.0.0.1"}) {
    ServerSettings settings = quick_settings();
    settings.address = address;
    const auto server = HttpServer::start(settings, handler_, metrics_);
    ASSERT_FALSE(server) << address;
    EXPECT_EQ(server.error().kind, ErrorKind::Forbidden);
    EXPECT_THAT(server.error().message, HasSubstr(address));
  }
}

TEST_F(HttpServerTest, SaysWhenItsPortIsTaken) {
  start(quick_settings());
  ServerSettings settings = quick_settings();
  settings.port = server_->port();
  const auto second = HttpServer::start(settings, handler_, metrics_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Unavailable);
  EXPECT_THAT(second.error().message, HasSubstr("in use"));
}

}  // namespace
}  // namespace tidings::serve
