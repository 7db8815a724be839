// Where handlers that may block run, so that the event loops never do.
#pragma once

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "core/bounded_queue.h"

namespace tidings::serve {

class WorkerPool {
 public:
  using Job = std::function<void()>;

  WorkerPool(std::size_t threads, std::size_t queue_max) : queue_(queue_max) {
    for (std::size_t i = 0; i < threads; ++i) {
      threads_.emplace_back([this] {
        while (std::optional<Job> job = queue_.pop()) (*job)();
      });
    }
  }
  // Finishes what is queued.
  ~WorkerPool() { queue_.close(); }

  // False when too many wait already.
  bool submit(Job job) { return queue_.try_push(job); }
  std::size_t waiting() const { return queue_.size(); }

 private:
  BoundedQueue<Job> queue_;
  std::vector<std::jthread> threads_;
};

}  // namespace tidings::serve
