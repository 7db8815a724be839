#include "serve/worker_pool.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

namespace tidings::serve {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(WorkerPool, RefusesWhatWaitedTooLongWhileItsWorkersAreStuck) {
  std::promise<void> release;
  std::promise<void> refused;
  std::atomic<bool> ran = false;
  WorkerPool pool(1, 10, milliseconds(20));
  std::promise<void> begun;
  ASSERT_TRUE(pool.submit({.run =
                               [&] {
                                 begun.set_value();
                                 release.get_future().wait();
                               },
                           .refuse = [] { ADD_FAILURE() << "it was begun"; }}));
  begun.get_future().wait();
  ASSERT_TRUE(pool.submit({.run = [&] { ran = true; }, .refuse = [&] { refused.set_value(); }}));
  EXPECT_EQ(refused.get_future().wait_for(seconds(10)), std::future_status::ready);
  EXPECT_EQ(pool.waiting(), 0u);
  release.set_value();
  EXPECT_FALSE(ran);
}

TEST(WorkerPool, FinishesWhatIsQueued) {
  std::atomic<int> count = 0;
  {
    WorkerPool pool(2, 100, seconds(60));
    for (int i = 0; i < 100; ++i) {
      EXPECT_TRUE(pool.submit({.run = [&] { ++count; }, .refuse = [] { ADD_FAILURE(); }}));
    }
  }
  EXPECT_EQ(count, 100);
}

TEST(WorkerPool, TurnsAwayWhatHasNoRoom) {
  std::promise<void> release, begun;
  WorkerPool pool(1, 1, seconds(60));
  const auto nothing = [] {};
  ASSERT_TRUE(pool.submit({.run =
                               [&] {
                                 begun.set_value();
                                 release.get_future().wait();
                               },
                           .refuse = nothing}));
  begun.get_future().wait();
  EXPECT_TRUE(pool.submit({.run = nothing, .refuse = nothing}));
  EXPECT_FALSE(pool.submit({.run = nothing, .refuse = nothing}));
  release.set_value();
}

}  // namespace
}  // namespace tidings::serve
