// Where handlers that may block run, so that the event loops never do.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "core/mutex.h"

namespace tidings::serve {

// Safe to call from many threads.
class WorkerPool {
 public:
  struct Job {
    std::function<void()> run;
    std::function<void()> refuse;  // instead, when it waited too long: must not block
  };

  // A job that waits for longer than `wait_max` is refused on time, also while every worker is
  // stuck.
  WorkerPool(std::size_t threads, std::size_t queue_max, std::chrono::milliseconds wait_max);
  // Finishes what is queued.
  ~WorkerPool();

  // False when too many wait already.
  bool submit(Job job) EXCLUDES(mutex_);
  std::size_t waiting() const EXCLUDES(mutex_);

 private:
  using Clock = std::chrono::steady_clock;
  struct Queued {
    Job job;
    Clock::time_point deadline;
  };

  void work() EXCLUDES(mutex_);
  void watch() EXCLUDES(mutex_);

  const std::size_t queue_max_;
  const std::chrono::milliseconds wait_max_;
  mutable Mutex mutex_;
  Condition changed_;  // a job came, or the end
  Condition watched_;  // the same, for the one that watches
  std::deque<Queued> queue_ GUARDED_BY(mutex_);
  bool is_closed_ GUARDED_BY(mutex_) = false;
  std::vector<std::jthread> threads_;
};

}  // namespace tidings::serve
