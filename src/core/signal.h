// "Something happened, look again": wakes those who otherwise poll.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/mutex.h"

namespace tidings {

// Safe to call from many threads. A notify between two waits is never missed: the waiter names what
// it saw last.
class Signal {
 public:
  std::uint64_t version() const EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return version_;
  }

  void notify() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    ++version_;
    changed_.notify_all();
  }

  // Returns once the version is past `seen` or the time ran out.
  void wait_past(std::uint64_t seen, std::chrono::nanoseconds timeout) EXCLUDES(mutex_) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    MutexLock lock(mutex_);
    while (version_ <= seen) {
      const auto left = deadline - std::chrono::steady_clock::now();
      if (left <= std::chrono::nanoseconds::zero() || !changed_.wait_for(mutex_, left)) return;
    }
  }

 private:
  mutable Mutex mutex_;
  Condition changed_;
  std::uint64_t version_ GUARDED_BY(mutex_) = 0;
};

}  // namespace tidings
