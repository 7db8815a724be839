// Publishers that lie, byte by byte: whatever comes over the wire, the client gives one answer or
// one error, in time.
#include <algorithm>
#include <cstdint>
#include <future>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/curl/curl_http_client.h"
#include "core/compression.h"
#include "tests/support/http.h"
#include "tests/support/publisher/publisher.h"

namespace tidings {
namespace {

using namespace std::chrono_literals;
using publisher::Publisher;

const HttpLimits kLimits{.body_bytes_max = 200'000, .header_bytes_max = 8'000, .total_timeout = 2s};

class HostileServer : public ::testing::Test {
 protected:
  Result<HttpResponse> answer_to(std::string bytes) {
    publisher_->add("evil.test", "/", publisher::raw(std::move(bytes)));
    return support::ask(*client_, {.url = "http://evil.test/", .limits = kLimits});
  }

  std::unique_ptr<Publisher> publisher_ = *Publisher::start({.keeps_requests = false});
  std::unique_ptr<curl::CurlHttpClient> client_ =
      *curl::CurlHttpClient::make(publisher_->client_settings());
};

TEST_F(HostileServer, AnswersThatCanBeReadAreRead) {
  struct Case {
    const char* why;
    std::string given;
    int status;
    const char* body;
    const char* x;  // of the header X
  };
  const Case cases[] = {
      {"no length: until it closes", "HTTP/1.1 200 OK\r\nX: a\r\n\r\nbody", 200, "body", "a"},
      {"HTTP/1.0", "HTTP/1.0 200 OK\r\nX: a\r\n\r\nbody", 200, "body", "a"},
      {"lines without CR", "HTTP/1.1 200 OK\nX: a\n\nbody", 200, "body", "a"},
      {"a folded header", "HTTP/1.1 200 OK\r\nX: a\r\n  b\r\nContent-Length: 4\r\n\r\nbody", 200,
       "body", "a b"},
      {"no reason", "HTTP/1.1 404\r\nX: a\r\nContent-Length: 4\r\n\r\nbody", 404, "body", "a"},
      {"an interim answer",
       "HTTP/1.1 103 Early Hints\r\nX: early\r\n\r\nHTTP/1.1 200 OK\r\nX: a\r\n\r\nbody", 200,
       "body", "a"},
      {"a header without a value", "HTTP/1.1 200 OK\r\nX:\r\nContent-Length: 4\r\n\r\nbody", 200,
       "body", ""},
      {"bytes beyond ASCII", "HTTP/1.1 200 OK\r\nX: caf\xE9\r\nContent-Length: 4\r\n\r\nbody", 200,
       "body", "caf\xE9"},
      {"more body than announced",
       "HTTP/1.1 200 OK\r\nX: a\r\nContent-Length: 4\r\n\r\nbody and more", 200, "body", "a"},
      {"nothing but a status", "HTTP/1.1 204 No Content\r\n\r\n", 204, "", ""},
  };
  for (const Case& c : cases) {
    const Result<HttpResponse> answer = answer_to(c.given);
    ASSERT_TRUE(answer) << c.why << ": " << answer.error().message;
    EXPECT_EQ(answer->status, c.status) << c.why;
    EXPECT_EQ(answer->body, c.body) << c.why;
    EXPECT_EQ(header(answer->headers, "x"), c.x) << c.why;
  }
}

TEST_F(HostileServer, AnswersThatCannotAreRefused) {
  struct Case {
    const char* why;
    std::string given;
    const char* expected;
  };
  const Case cases[] = {
      {"nothing", "", "bad_response"},
      {"not HTTP", "SSH-2.0-OpenSSH_9.2\r\n", "bad_response"},
      {"a cut status line", "HTTP/1.1 2", "bad_response"},
      {"a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nbody", "bad_response"},
      {"a length beyond measure",
       "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nbody", "too_large"},
      {"a length above the limit", "HTTP/1.1 200 OK\r\nContent-Length: 200001\r\n\r\nbody",
       "too_large"},
      {"less body than announced", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nbody",
       "bad_response"},
      {"a chunk size that is none",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nbody", "bad_response"},
      {"a chunk size beyond measure",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nbody",
       "bad_response"},
      {"chunks that stop", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n",
       "bad_response"},
      {"half a gzip stream",
       "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" +
           compress(std::string(5000, 'x'), Compression::Gzip, 1).substr(0, 20),
       nullptr},
      {"an encoding that nobody knows", "HTTP/1.1 200 OK\r\nContent-Encoding: snappy\r\n\r\nbody",
       "bad_response"},
      {"many encodings",
       "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n\r\nbody",
       "bad_response"},
      {"interim answers without end",
       [] {
         std::string hints;
         while (hints.size() < 10'000) hints += "HTTP/1.1 103 Early Hints\r\n\r\n";
         return hints;
       }(),
       "too_large"},
  };
  for (const Case& c : cases) {
    const Result<HttpResponse> answer = answer_to(c.given);
    if (c.expected == nullptr) continue;  // either is right: what matters is that it ends
    EXPECT_EQ(answer ? "" : answer.error().code, c.expected)
        << c.why << ": " << (answer ? "" : answer.error().message);
  }
}

// libcurl 7.88 keeps a pointer to the last header of the request before and continues it: a read
// and a write of freed memory that a publisher could cause, on a handle that is used again. Each
// hop has a handle of its own for that.
TEST_F(HostileServer, AFirstHeaderThatContinuesNothingIsHarmless) {
  const std::string folded =
      "HTTP/1.1 200 OK\r\n continued: b\r\nX: a\r\nContent-Length: 4\r\n\r\nbody";
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(answer_to("HTTP/1.1 200 OK\r\nX: " + std::string(100, 'x') + "\r\n\r\nbody"));
    const Result<HttpResponse> answer = answer_to(folded);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "bad_response");
    EXPECT_EQ(answer.error().message, "evil.test: what it answers is not HTTP");
  }
}

// A redirect's target is the publisher's to choose: none of these may reach anything.
TEST_F(HostileServer, RedirectsCannotSmuggle) {
  for (const std::string target : {"http://127.0.0.1@10.0.0.1/",
                                   "http://10.0.0.1#@evil.test/",
                                   "http://10.0.0.1\\@evil.test/",
                                   "//10.0.0.1/",
                                   "http:10.0.0.1/",
                                   "http:///10.0.0.1/",
                                   "http://0x0a000001/",
                                   "http://012.0.0.1/",
                                   "http://10.1/",
                                   "http://[::ffff:10.0.0.1]/",
                                   "http://[64:ff9b::10.0.0.1]/",
                                   "http://[fe80::1]/",
                                   "http://169.254.169.254/",
                                   "file:///etc/passwd",
                                   "FILE:///etc/passwd",
                                   "dict://evil.test/",
                                   "ldap://evil.test/",
                                   "javascript:alert(1)",
                                   "data:text/plain,x",
                                   "unix:/var/run/docker.sock",
                                   "http://",
                                   "http://:80/",
                                   "http://%00/",
                                   "http://[::1",
                                   "\x01\x02"}) {
    publisher_->add("evil.test", "/", publisher::redirect(302, target));
    const std::int64_t before = publisher_->requests();
    const Result<HttpResponse> answer =
        support::ask(*client_, {.url = "http://evil.test/", .limits = kLimits});
    const std::string code = answer ? "" : answer.error().code;
    const bool refused = code == "address_refused" || code == "scheme_refused" || code == "bad_url";
    const bool stayed =
        code == "too_many_redirects" || (answer && answer->url.starts_with("http://evil.test/"));
    EXPECT_TRUE(refused || stayed)
        << target << ": " << (answer ? answer->url : answer.error().message);
    EXPECT_LE(publisher_->requests() - before, 6) << target;
  }
}

// Sound answers with some bytes changed, in thousands: each ends, by itself or by its limits.
TEST_F(HostileServer, SurvivesDamagedAnswers) {
  const std::string text(3000, 'x');
  const std::string packed = compress(text, Compression::Gzip, 1),
                    brotli = compress(text, Compression::Brotli, 1),
                    zstd = compress(text, Compression::Zstd, 1);
  const std::vector<std::string> sound = {
      "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nETag: \"a\"\r\nContent-Length: 5\r\n\r\n<rss>",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n6\r\n</rss>\r\n0\r\nX: "
      "trailer\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed,
      "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n" + brotli,
      "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n" + zstd,
      "HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 103 Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss/>",
  };
  constexpr int kAnswers = 2000;
  std::mt19937 dice(7);
  std::vector<std::future<Result<HttpResponse>>> answers;
  for (int i = 0; i < kAnswers; ++i) {
    std::string bytes = sound[dice() % sound.size()];
    for (unsigned changes = 1 + dice() % 4; changes > 0; --changes) {
      const std::size_t at = dice() % bytes.size();
      switch (dice() % 4) {
        case 0:
          bytes[at] = static_cast<char>(dice());
          break;
        case 1:
          bytes.erase(at, 1 + dice() % 4);
          break;
        case 2:
          bytes.insert(at, bytes.substr(dice() % bytes.size(), dice() % 20));
          break;
        default:
          bytes.resize(at + 1);
          break;
      }
      if (bytes.empty()) bytes = "H";
    }
    const std::string host = "evil-" + std::to_string(i) + ".test";
    publisher_->add(host, "", publisher::raw(bytes));
    HttpLimits limits = kLimits;
    limits.total_timeout = 10s;
    answers.push_back(
        support::ask_later(*client_, {.url = "http://" + host + "/", .limits = limits}));
  }
  const std::set<std::string> known = {"bad_response",    "too_large",      "too_many_redirects",
                                       "address_refused", "scheme_refused", "bad_url",
                                       "timeout",         "dns_failed",     "connect_failed"};
  int sound_count = 0;
  for (auto& later : answers) {
    const Result<HttpResponse> answer = later.get();
    if (answer) {
      ++sound_count;
      EXPECT_LE(answer->body.size(), kLimits.body_bytes_max);
    } else {
      EXPECT_TRUE(known.contains(answer.error().code))
          << answer.error().code << ": " << answer.error().message;
    }
  }
  EXPECT_GT(sound_count, kAnswers / 20);
  EXPECT_LT(sound_count, kAnswers);
}

}  // namespace
}  // namespace tidings
