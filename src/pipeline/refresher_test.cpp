#include "pipeline/refresher.h"

#include <map>
#include <memory>

#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"

namespace tidings::pipeline {
namespace {

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// Holds every request until the test answers it.
class HeldRequests final : public HttpClient {
 public:
  void send(HttpRequest request, Done done) override {
    MutexLock lock(mutex_);
    asked_.emplace(request.url, std::move(done));
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
    if (!is_asked(url)) return false;
    Done done;
    {
      MutexLock lock(mutex_);
      done = std::move(asked_.extract(asked_.find(url)).mapped());
    }
    done(HttpResponse{.status = 304, .url = url});
    return true;
  }

 private:
  Mutex mutex_;
  Condition changed_;
  std::multimap<std::string, Done> asked_ GUARDED_BY(mutex_);
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

  // Whether all that is due is in the refresher's hands.
  bool all_claimed() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (stores_.sources().next_due().value()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
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
  Refresher refresher_{{stores_.sources(), stores_.articles(), objects_, http_},
                       appended_,
                       metrics_,
                       clock_,
                       {.workers = 1,
                        .poll_interval = std::chrono::milliseconds(1),
                        .pacing = {.in_flight_max = 1, .gap = Duration(0)}}};
  std::jthread running_;
};

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

}  // namespace
}  // namespace tidings::pipeline
