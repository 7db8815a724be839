#include "core/memory.h"

#include <chrono>
#include <cstdint>
#include <thread>

#include <gtest/gtest.h>

#include "core/bounded_queue.h"
#include "core/signal.h"

namespace tidings {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto kLonger = kIdleAfter + milliseconds(200);

TEST(IdleThread, IsOneThatWaitedLong) {
  std::thread([] {
    Signal signal;
    signal.wait_past(signal.version(), milliseconds(1));
    EXPECT_FALSE(is_thread_idle());
    const auto begun = steady_clock::now();
    signal.wait_past(signal.version(), kLonger);
    EXPECT_TRUE(is_thread_idle());
    EXPECT_GE(steady_clock::now() - begun, kLonger) << "it went on waiting";
  }).join();
}

TEST(IdleThread, IsOneThatLookedOftenForNothing) {
  std::thread([] {
    Signal signal;
    const auto look = [&] { signal.wait_past(signal.version(), milliseconds(400)); };
    look();
    look();
    EXPECT_FALSE(is_thread_idle());
    look();
    EXPECT_TRUE(is_thread_idle());
    set_thread_busy();
    look();
    look();
    EXPECT_FALSE(is_thread_idle()) << "it had something to do";
  }).join();
}

TEST(IdleThread, MissesNothingWhileItBecomesIdle) {
  BoundedQueue<int> queue(1);
  std::thread waiting([&] {
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_EQ(queue.pop(), 2);
  });
  std::this_thread::sleep_for(kIdleAfter);
  EXPECT_TRUE(queue.push(1));
  EXPECT_TRUE(queue.push(2));
  waiting.join();
}

TEST(IdleThread, IsBusyOnceItIsWoken) {
  std::thread([] {
    Signal signal;
    set_thread_idle();
    const std::uint64_t seen = signal.version();
    std::thread waking([&] {
      std::this_thread::sleep_for(milliseconds(300));
      signal.notify();
    });
    signal.wait_past(seen, std::chrono::minutes(1));
    EXPECT_FALSE(is_thread_idle());
    waking.join();
  }).join();
}

}  // namespace
}  // namespace tidings
