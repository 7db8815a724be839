// Threads that share the parts of one piece of work after the other.
#pragma once

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "core/mutex.h"
#include "core/thread_name.h"

namespace tidings::pipeline {

// Batch threads (core/thread_name.h).
class BatchWorkers {
 public:
  // One thread or more, so many nice levels above the one that makes them.
  explicit BatchWorkers(std::size_t threads, int nice_levels = kBatchNiceLevels);
  ~BatchWorkers();  // stops them

  // Calls part(0) to part(parts - 1), each on one of the threads, in any order, and returns when
  // all have returned. False when the workers were stopped meanwhile: some were not called then.
  // From one thread at a time. `part` must not throw.
  bool run(std::size_t parts, const std::function<void(std::size_t)>& part) EXCLUDES(mutex_);

  // For good, from any thread: parts that were begun come to their end.
  void request_stop() EXCLUDES(mutex_);

  // As many as there are processors, and not more than eight.
  static std::size_t threads_by_default();

 private:
  void work() EXCLUDES(mutex_);

  Mutex mutex_;
  Condition has_parts_, is_done_;
  const std::function<void(std::size_t)>* part_ GUARDED_BY(mutex_) = nullptr;
  std::size_t next_ GUARDED_BY(mutex_) = 0, parts_ GUARDED_BY(mutex_) = 0;
  std::size_t at_work_ GUARDED_BY(mutex_) = 0;
  bool is_stopped_ GUARDED_BY(mutex_) = false;
  std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace tidings::pipeline
