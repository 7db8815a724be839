#include "pipeline/paced_transfers.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tidings::pipeline {
namespace {

using std::chrono::seconds;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// Answers nothing by itself.
class SilentHttp final : public HttpClient {
 public:
  void send(HttpRequest request, Done done) override {
    MutexLock lock(mutex_);
    sent_.push_back({std::move(request), std::move(done)});
    changed_.notify_all();
  }
  void shutdown() override {
    std::vector<Sent> canceled;
    {
      MutexLock lock(mutex_);
      canceled.swap(sent_);
    }
    for (Sent& one : canceled) one.done(Error{ErrorKind::Unavailable, "canceled", "canceled"});
  }

  struct Sent {
    HttpRequest request;
    Done done;
  };
  // The next request; nothing when none comes in time.
  std::optional<Sent> next() {
    const auto deadline = std::chrono::steady_clock::now() + seconds(10);
    MutexLock lock(mutex_);
    while (sent_.empty()) {
      const auto left = deadline - std::chrono::steady_clock::now();
      if (left <= left.zero() || !changed_.wait_for(mutex_, left)) return std::nullopt;
    }
    Sent sent = std::move(sent_.front());
    sent_.erase(sent_.begin());
    return sent;
  }
  std::size_t count() {
    MutexLock lock(mutex_);
    return sent_.size();
  }

 private:
  Mutex mutex_;
  Condition changed_;
  std::vector<Sent> sent_ GUARDED_BY(mutex_);
};

class PacedTransfersTest : public testing::Test {
 protected:
  void submit(TransferId id, const std::string& url) {
    std::vector<TransferRequest> requests;
    requests.push_back({.id = id,
                        .request = {.url = url},
                        .since = clock_.now(),
                        .done = [this, id](TransferOutcome outcome) {
                          MutexLock lock(mutex_);
                          outcomes_.insert_or_assign(id, std::move(outcome));
                          changed_.notify_all();
                        }});
    transfers_.submit(std::move(requests));
  }

  // Nothing where none comes in time.
  std::optional<TransferOutcome> outcome(TransferId id) {
    const auto deadline = std::chrono::steady_clock::now() + seconds(10);
    MutexLock lock(mutex_);
    while (!outcomes_.contains(id)) {
      const auto left = deadline - std::chrono::steady_clock::now();
      if (left <= left.zero() || !changed_.wait_for(mutex_, left)) return std::nullopt;
    }
    return std::move(outcomes_.extract(id).mapped());
  }

  bool has_outcome(TransferId id) {
    MutexLock lock(mutex_);
    return outcomes_.contains(id);
  }

  void advance(Duration by) {
    clock_.advance(by);
    transfers_.wake();
  }

  static Error lost() { return {ErrorKind::Unavailable, "no such host", "dns_failed"}; }

  Mutex mutex_;
  Condition changed_;
  std::map<TransferId, TransferOutcome> outcomes_ GUARDED_BY(mutex_);
  ManualClock clock_{kNow};
  SilentHttp http_;
  Metrics metrics_;
  PacedTransfers transfers_{http_, metrics_, clock_, {}};
};

TEST_F(PacedTransfersTest, APageAndAFeedOfOneDomainTakeTurns) {
  const TransferId feed = transfer_id(SourceId(1)), page = transfer_id(ArticleId(2));
  submit(feed, "https://news.example/feed");
  submit(page, "https://www.news.example/article");
  ASSERT_TRUE(http_.next());
  EXPECT_EQ(http_.count(), 0u);
  advance(seconds(1));
  const auto second = http_.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->request.url, "https://www.news.example/article");
  EXPECT_TRUE(second->request.stays_in_domain);
}

TEST_F(PacedTransfersTest, WhoWaitsForAHostThatSaidStopIsPutOff) {
  submit(TransferId(1), "https://news.example/a");
  submit(TransferId(2), "https://news.example/b");
  auto sent = http_.next();
  ASSERT_TRUE(sent);
  sent->done(HttpResponse{
      .status = 429, .headers = {{"Retry-After", "3600"}}, .url = "https://news.example/a"});
  ASSERT_TRUE(outcome(TransferId(1)));
  const auto waited = outcome(TransferId(2));
  ASSERT_TRUE(waited);
  ASSERT_TRUE(std::holds_alternative<PutOff>(*waited));
  EXPECT_GE(std::get<PutOff>(*waited).until, kNow + seconds(3600));
  EXPECT_EQ(http_.count(), 0u);
}

TEST_F(PacedTransfersTest, ABusyAddressIsAskedInItsTurn) {
  submit(TransferId(1), "https://one.example/");
  submit(TransferId(2), "https://two.example/");
  auto first = http_.next(), second = http_.next();
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(first->request.may_connect("93.184.216.34"));
  EXPECT_FALSE(second->request.may_connect("93.184.216.34"));
  second->done(Error{ErrorKind::Unavailable, "busy", "address_busy"});
  EXPECT_EQ(http_.count(), 0u);
  advance(seconds(1));
  second = http_.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->request.url, "https://two.example/");
  EXPECT_TRUE(second->request.may_connect("93.184.216.34"));
  EXPECT_FALSE(has_outcome(TransferId(2)));
}

TEST_F(PacedTransfersTest, ServersOfOnesOwnNetworkAreNotPacedByAddress) {
  submit(TransferId(1), "https://one.example/");
  submit(TransferId(2), "https://two.example/");
  auto first = http_.next(), second = http_.next();
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(first->request.may_connect("127.0.0.1"));
  EXPECT_TRUE(second->request.may_connect("127.0.0.1"));
}

TEST_F(PacedTransfersTest, NobodyIsBlamedForOurNetwork) {
  for (int i = 1; i <= 6; ++i)
    submit(TransferId(i), "https://site" + std::to_string(i) + ".example/");
  for (int i = 1; i <= 5; ++i) {
    auto sent = http_.next();
    ASSERT_TRUE(sent);
    sent->done(lost());
  }
  for (int i = 1; i <= 5; ++i) {
    const auto late = outcome(TransferId(i));
    ASSERT_TRUE(late && std::holds_alternative<PutOff>(*late));
    EXPECT_GE(std::get<PutOff>(*late).until, kNow + seconds(60));
  }
  EXPECT_NE(metrics_.render().find("tidings_fetch_network_up 0"), std::string::npos);
  auto sixth = http_.next();
  ASSERT_TRUE(sixth);
  sixth->done(HttpResponse{.status = 200, .url = "https://site6.example/"});
  ASSERT_TRUE(outcome(TransferId(6)));
  EXPECT_NE(metrics_.render().find("tidings_fetch_network_up 1"), std::string::npos);
}

TEST_F(PacedTransfersTest, APublisherIsBlamedWhenOthersAnswer) {
  submit(TransferId(1), "https://gone.example/");
  auto sent = http_.next();
  ASSERT_TRUE(sent);
  sent->done(lost());
  EXPECT_FALSE(has_outcome(TransferId(1))) << "whose fault it is comes out later";
  submit(TransferId(2), "https://there.example/");
  sent = http_.next();
  ASSERT_TRUE(sent);
  sent->done(HttpResponse{.status = 404, .url = "https://there.example/"});
  const auto blamed = outcome(TransferId(1));
  ASSERT_TRUE(blamed && std::holds_alternative<Answered>(*blamed));
  EXPECT_EQ(std::get<Answered>(*blamed).response.error().code, "dns_failed");
}

TEST_F(PacedTransfersTest, APublisherIsBlamedWhenNobodyElseIsAsked) {
  submit(TransferId(1), "https://gone.example/");
  auto sent = http_.next();
  ASSERT_TRUE(sent);
  sent->done(lost());
  advance(seconds(5));
  const auto blamed = outcome(TransferId(1));
  EXPECT_TRUE(blamed && std::holds_alternative<Answered>(*blamed));
}

}  // namespace
}  // namespace tidings::pipeline
