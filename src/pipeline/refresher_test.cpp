#include "pipeline/refresher.h"

#include <map>
#include <memory>

#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "model/access.h"

namespace tidings::pipeline {
namespace {

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// Holds every request until the test answers it.
class HeldRequests final : public HttpClient {
 public:
  void send(HttpRequest request, Done done) override {
    MutexLock lock(mutex_);
    asked_.emplace(request.url, std::move(done));
    requests_.insert_or_assign(request.url, std::move(request));
    changed_.notify_all();
  }

  void shutdown() override {
    std::multimap<std::string, Done> canceled;
    {
      MutexLock lock(mutex_);
      canceled.swap(asked_);
    }
    for (auto& [url, done] : canceled) done(Error{ErrorKind::Unavailable, "canceled", "canceled"});
  }

  // False when nobody asks for the address in time.
  bool is_asked(const std::string& url) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    MutexLock lock(mutex_);
    while (!asked_.contains(url)) {
      const auto left = deadline - std::chrono::steady_clock::now();
      if (left <= left.zero()) return false;
      changed_.wait_for(mutex_, left);
    }
    return true;
  }

  bool answer(const std::string& url) {
    return answer(url, HttpResponse{.status = 304, .url = url});
  }

  bool answer(const std::string& url, Result<HttpResponse> response) {
    if (!is_asked(url)) return false;
    Done done;
    {
      MutexLock lock(mutex_);
      done = std::move(asked_.extract(asked_.find(url)).mapped());
    }
    done(std::move(response));
    return true;
  }

  std::size_t count() {
    MutexLock lock(mutex_);
    return asked_.size();
  }

  // The last one for the address.
  HttpRequest request(const std::string& url) {
    MutexLock lock(mutex_);
    return requests_.at(url);
  }

 private:
  Mutex mutex_;
  Condition changed_;
  std::multimap<std::string, Done> asked_ GUARDED_BY(mutex_);
  std::map<std::string, HttpRequest> requests_ GUARDED_BY(mutex_);
};

class RefresherTest : public testing::Test {
 protected:
  SourceId add(const std::string& url) {
    const SourceSettings settings{.url = url};
    return stores_.sources().add({&settings, 1}).value()[0].id;
  }

  void move(SourceId id, const std::string& url) {
    SourceSettings settings = stores_.sources().get(id).value().settings;
    settings.url = url;
    ASSERT_TRUE(stores_.sources().set(id, settings));
    refresher_.wake();
  }

  static bool becomes(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

  // Whether all that is due is in the refresher's hands.
  bool all_claimed() {
    return becomes([this] { return !stores_.sources().next_due().value(); });
  }

  void start() {
    running_ = std::jthread([this](const std::stop_token& stop) { refresher_.run(stop); });
  }

  ManualClock clock_{kNow};
  memory::MemoryStores stores_{clock_};
  memory::MemoryObjectStore objects_{clock_};
  HeldRequests http_;
  Metrics metrics_;
  Signal appended_;
  PacedTransfers transfers_{
      http_, metrics_, clock_, {.pacing = {.in_flight_max = 1, .gap = Duration(0)}}};
  Sealer sealer_{[](KeyUse) { return parse_keyring(std::string(64, 'a')); }};
  Refresher refresher_{{.sources = stores_.sources(),
                        .articles = stores_.articles(),
                        .objects = objects_,
                        .transfers = transfers_,
                        .sealer = &sealer_},
                       appended_,
                       metrics_,
                       clock_,
                       {.workers = 1, .poll_interval = std::chrono::milliseconds(1)}};
  std::jthread running_;
};

TEST_F(RefresherTest, ALargeDomainLeavesRoomForTheOthers) {
  for (int i = 0; i < 3000; ++i) add("https://slow.example/" + std::to_string(i));
  add("https://other.example/feed");  // due last
  start();
  EXPECT_TRUE(http_.is_asked("https://other.example/feed"));
}

TEST_F(RefresherTest, ARedirectWaitsForItsTurnAtTheDomainThatItLeadsTo) {
  const std::string target = "https://target.example/feed";
  for (int i = 0; i < 3; ++i) add("https://domain" + std::to_string(i) + ".example/feed");
  start();
  for (int i = 0; i < 3; ++i) {
    const std::string url = "https://domain" + std::to_string(i) + ".example/feed";
    ASSERT_TRUE(http_.is_asked(url));
  }
  for (int i = 0; i < 3; ++i) {
    const std::string url = "https://domain" + std::to_string(i) + ".example/feed";
    ASSERT_TRUE(http_.answer(url, HttpResponse{.status = 302, .url = url, .redirect_url = target}));
  }
  ASSERT_TRUE(http_.is_asked(target));
  EXPECT_EQ(http_.count(), 1u) << "one at a time, as the pacing says";
  const SourceId known = add(target);  // whose domain it is
  ASSERT_TRUE(all_claimed());
  ASSERT_TRUE(http_.answer(
      target, HttpResponse{.status = 429, .headers = {{"Retry-After", "600"}}, .url = target}));
  const Time blocked_until = clock_.now() + std::chrono::seconds(600);
  EXPECT_TRUE(becomes([&] {
    return stores_.sources().get(known).value().state.due_at >= blocked_until;
  })) << "the domain that answered is the one that is left alone";
  EXPECT_EQ(http_.count(), 0u);
}

TEST_F(RefresherTest, AnAnswerForWhichThereIsNoRoomIsAskedForLater) {
  const SourceId source = add("https://large.example/feed");
  start();
  ASSERT_TRUE(http_.answer("https://large.example/feed",
                           Error{ErrorKind::Unavailable, "no room", "no_room"}));
  EXPECT_TRUE(becomes([&] {
    const SourceState state = stores_.sources().get(source).value().state;
    return state.due_at >= kNow + std::chrono::seconds(60) && !state.problem;
  }));
}

TEST(RefreshSettings, ALeaseIsLongerThanAnyWait) {
  const RefreshSettings settings{.domain_patience = std::chrono::minutes(20),
                                 .fetch = {.limits = {.total_timeout = std::chrono::hours(1)}}};
  EXPECT_GT(lease_of(settings), std::chrono::minutes(2 * (20 + 60)));
  EXPECT_GT(lease_of({}), std::chrono::minutes(2 * (5 + 1)));
}

TEST(ByteBudget, HoldsWhatFitsAndGivesItBack) {
  ByteBudget budget(100);
  {
    HeldBytes first(budget), second(budget);
    EXPECT_TRUE(first.take(50));
    EXPECT_FALSE(budget.is_tight());
    EXPECT_TRUE(second.take(40));
    EXPECT_TRUE(budget.is_tight());
    EXPECT_FALSE(first.take(11));
    EXPECT_EQ(budget.held(), 90u);
    second.give_back();
    EXPECT_TRUE(first.take(11));
  }
  EXPECT_EQ(budget.held(), 0u);
}

// It was claimed while the old address was in flight, dropped, and stayed leased for 15 minutes.
TEST_F(RefresherTest, FetchesTheAddressThatASourceGotWhileItWasFetched) {
  const SourceId source = add("https://old.example/feed");
  start();
  ASSERT_TRUE(http_.is_asked("https://old.example/feed"));
  move(source, "https://new.example/feed");
  ASSERT_TRUE(all_claimed());
  ASSERT_TRUE(http_.answer("https://old.example/feed"));
  EXPECT_TRUE(http_.answer("https://new.example/feed"));
}

TEST_F(RefresherTest, FetchesTheAddressThatASourceGotWhileItWaitedForItsTurn) {
  add("https://one.example/first");
  start();
  ASSERT_TRUE(http_.is_asked("https://one.example/first"));
  const SourceId source = add("https://one.example/old");
  ASSERT_TRUE(all_claimed());
  move(source, "https://one.example/new");
  ASSERT_TRUE(all_claimed());
  ASSERT_TRUE(http_.answer("https://one.example/first"));
  EXPECT_TRUE(http_.answer("https://one.example/new"));
}

TEST_F(RefresherTest, RequestsCarryWhatTheSourceWasGiven) {
  const SourceId id = add("https://a.example/feed");
  SourceSettings settings = stores_.sources().get(id)->settings;
  SourceAccess access;
  access.origin = "https://a.example";
  access.set_header("X-Api-Key", "hunter2");
  access.user_agent = "Tidings for A";
  settings.access = *seal_access(access, id, sealer_);
  ASSERT_TRUE(stores_.sources().set(id, settings));
  add("https://b.example/feed");
  start();
  ASSERT_TRUE(http_.is_asked("https://a.example/feed"));
  ASSERT_TRUE(http_.is_asked("https://b.example/feed"));
  const HttpRequest request = http_.request("https://a.example/feed");
  EXPECT_EQ(request.origin, "https://a.example");
  EXPECT_EQ(header(request.origin_headers, "X-Api-Key"), "hunter2");
  EXPECT_EQ(header(request.headers, "X-Api-Key"), "");
  EXPECT_EQ(header(request.headers, "User-Agent"), "Tidings for A");
  EXPECT_TRUE(http_.request("https://b.example/feed").origin_headers.empty());
}

TEST_F(RefresherTest, WhatCannotBeOpenedIsAFailureOfItsSourceAlone) {
  const SourceId id = add("https://a.example/feed");
  SourceSettings settings = stores_.sources().get(id)->settings;
  settings.access = "header X-Api-Key\nsealed v1.nonsense";
  ASSERT_TRUE(stores_.sources().set(id, settings));
  add("https://b.example/feed");
  start();
  ASSERT_TRUE(http_.is_asked("https://b.example/feed"));
  ASSERT_TRUE(becomes([&] { return stores_.sources().get(id)->state.problem.has_value(); }));
  EXPECT_EQ(stores_.sources().get(id)->state.problem->error_class, "seal_damaged");
  EXPECT_EQ(http_.count(), 1u);
}

}  // namespace
}  // namespace tidings::pipeline
