#include "pipeline/batch_workers.h"

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace tidings::pipeline {
namespace {

TEST(BatchWorkers, DoEveryPartOnceAgainAndAgain) {
  BatchWorkers workers(3, 0);
  for (int round = 0; round < 100; ++round) {
    std::vector<int> calls(static_cast<std::size_t>(round % 7));
    EXPECT_TRUE(workers.run(calls.size(), [&](std::size_t part) { ++calls[part]; }));
    EXPECT_EQ(calls, std::vector<int>(calls.size(), 1));
  }
}

TEST(BatchWorkers, WorkAtTheSameTime) {
  BatchWorkers workers(2, 0);
  std::latch both(2);  // either waits for the other
  EXPECT_TRUE(workers.run(2, [&](std::size_t) { both.arrive_and_wait(); }));
}

TEST(BatchWorkers, FinishWhatTheyBeganWhenTheyAreStopped) {
  BatchWorkers workers(2, 0);
  std::latch begun(2), stopped(1);
  std::atomic<int> done = 0;
  std::jthread stopping([&] {
    begun.wait();
    workers.request_stop();
    stopped.count_down();
  });
  EXPECT_FALSE(workers.run(1000, [&](std::size_t) {
    begun.count_down();
    stopped.wait();
    ++done;
  }));
  EXPECT_EQ(done, 2);
  EXPECT_FALSE(workers.run(1, [&](std::size_t) { ++done; }));
  EXPECT_EQ(done, 2);
}

}  // namespace
}  // namespace tidings::pipeline
