// How many connections and requests at once, and what a shutdown means for them.
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/curl_client.h"
#include "tests/support/http.h"

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

TEST_F(CurlHttpClientTest, KeepsConnectionsForTheNextRequest) {
  publisher_->add("news.test", "/feed", publisher::feed(kFeed));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(get(*client_, "http://news.test/feed"));
  EXPECT_EQ(publisher_->connections(), 1);
}

TEST_F(CurlHttpClientTest, HostsThatShareAnAddressDoNotShareConnections) {
  for (int round = 0; round < 2; ++round) {
    for (const char* host : {"a.test", "b.test", "c.test"}) {
      publisher_->add(host, "/", publisher::feed(host));
      const Result<HttpResponse> answer = get(*client_, std::string("http://") + host + "/");
      ASSERT_TRUE(answer);
      EXPECT_EQ(answer->body, host);
    }
  }
  EXPECT_EQ(publisher_->connections(), 3);
}

TEST_F(CurlHttpClientTest, AnswersThousandsOfRequestsEachOnce) {
  constexpr int kHosts = 300, kRounds = 10;
  for (int i = 0; i < kHosts; ++i) {
    publisher_->add("h" + std::to_string(i) + ".test", "/",
                    publisher::feed("from " + std::to_string(i)));
  }
  std::atomic<int> right = 0, wrong = 0;
  std::promise<void> all;
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < kHosts; ++i) {
      const std::string expected = "from " + std::to_string(i);
      client_->send({.url = "http://h" + std::to_string(i) + ".test/"},
                    [&, expected](Result<HttpResponse> answer) {
                      ++(answer && answer->body == expected ? right : wrong);
                      if (right + wrong == kHosts * kRounds) all.set_value();
                    });
    }
  }
  all.get_future().wait();
  EXPECT_EQ(right, kHosts * kRounds);
  EXPECT_EQ(publisher_->requests(), kHosts * kRounds);
}

TEST_F(CurlHttpClientTest, KeepsToTheLimitOfRequestsPerHost) {
  CurlSettings settings = publisher_->client_settings();
  settings.connections_per_host_max = 3;
  const auto client = make(settings);
  Behavior slow = publisher::feed(kFeed);
  slow.delay = 5ms;
  publisher_->add("busy.test", "/", slow);
  std::vector<std::future<Result<HttpResponse>>> answers;
  for (int i = 0; i < 20; ++i) answers.push_back(ask_later(*client, {.url = "http://busy.test/"}));
  for (auto& answer : answers) EXPECT_TRUE(answer.get());
  EXPECT_EQ(publisher_->in_flight_max("busy.test"), 3);
}

TEST_F(CurlHttpClientTest, KeepsToTheLimitOfRequestsOverall) {
  CurlSettings settings = publisher_->client_settings();
  settings.connections_max = 4;
  const auto client = make(settings);
  std::vector<std::future<Result<HttpResponse>>> answers;
  for (int i = 0; i < 40; ++i) {
    const std::string host = "h" + std::to_string(i) + ".test";
    Behavior slow = publisher::feed(kFeed);
    slow.delay = 2ms;
    publisher_->add(host, "/", slow);
    answers.push_back(ask_later(*client, {.url = "http://" + host + "/"}));
  }
  for (auto& answer : answers) EXPECT_TRUE(answer.get());
  EXPECT_LE(publisher_->in_flight_max(), 4);
  EXPECT_GE(publisher_->in_flight_max(), 2);
}

TEST_F(CurlHttpClientTest, AnAnswerMaySendTheNextRequest) {
  publisher_->add("news.test", "/", publisher::feed(kFeed));
  std::promise<Result<HttpResponse>> second;
  client_->send({.url = "http://news.test/"}, [&](Result<HttpResponse> first) {
    ASSERT_TRUE(first);
    client_->send({.url = "http://news.test/"},
                  [&](Result<HttpResponse> answer) { second.set_value(std::move(answer)); });
  });
  EXPECT_TRUE(second.get_future().get());
}

TEST_F(CurlHttpClientTest, ShutdownCancelsEachRequestOnce) {
  CurlSettings settings = publisher_->client_settings();
  settings.connections_max = 10;
  const auto client = make(settings);
  std::atomic<int> canceled = 0, other = 0;
  const auto count = [&](Result<HttpResponse> answer) {
    ++(code_of(answer) == "canceled" ? canceled : other);
  };
  for (int i = 0; i < 100; ++i) {
    client->send({.url = "http://h" + std::to_string(i % 20) + ".test/behavior/stalled"}, count);
  }
  client->shutdown();
  EXPECT_EQ(canceled, 100);
  EXPECT_EQ(other, 0);
  client->send({.url = "http://late.test/"}, count);
  EXPECT_EQ(canceled, 101);
  client->shutdown();
}

TEST(CurlHttpClient, NamesTheOverrideThatCannotBeRead) {
  for (const char* address :
       {"", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "localhost:80", "::1:80"}) {
    const auto client =
        CurlHttpClient::make({.overrides = {{.suffix = ".test", .address = address}}});
    ASSERT_FALSE(client) << address;
    EXPECT_THAT(client.error().message, HasSubstr("\".test\"")) << address;
  }
}

}  // namespace
}  // namespace tidings::curl
