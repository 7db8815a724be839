#include "serve/worker_pool.h"

#include <utility>

#include "core/thread_name.h"

namespace tidings::serve {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_max,
                       std::chrono::milliseconds wait_max)
    : queue_max_(queue_max), wait_max_(wait_max) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  threads_.emplace_back([this] { watch(); });
}

WorkerPool::~WorkerPool() {
  {
    MutexLock lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
    watched_.notify_all();
  }
  threads_.clear();  // joins, while everything that they use is still there
}

bool WorkerPool::submit(Job job) {
  MutexLock lock(mutex_);
  if (is_closed_ || queue_.size() >= queue_max_) return false;
  queue_.push_back({.job = std::move(job), .deadline = Clock::now() + wait_max_});
  changed_.notify_one();
  if (queue_.size() == 1) watched_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  MutexLock lock(mutex_);
  return queue_.size();
}

void WorkerPool::work() {
  name_thread("serve-worker");
  while (true) {
    Job job;
    {
      MutexLock lock(mutex_);
      while (queue_.empty() && !is_closed_) changed_.wait(mutex_);
      if (queue_.empty()) return;
      job = std::move(queue_.front().job);
      queue_.pop_front();
    }
    job.run();
  }
}

// The queue is in the order of the deadlines, so that only its head needs watching.
void WorkerPool::watch() {
  name_thread("serve-watch");
  while (true) {
    Job late;
    {
      MutexLock lock(mutex_);
      while (queue_.empty() && !is_closed_) watched_.wait(mutex_);
      if (is_closed_) return;  // the workers finish what is queued
      const auto left = queue_.front().deadline - Clock::now();
      if (left > left.zero()) {
        // Awake at the deadline of a head that may long have been taken: it looks again then.
        watched_.wait_for(mutex_, left);
        continue;
      }
      late = std::move(queue_.front().job);
      queue_.pop_front();
    }
    late.refuse();
  }
}

}  // namespace tidings::serve
