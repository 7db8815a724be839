// A mutex that clang's -Wthread-safety understands, so that an unguarded read does not compile in
// script/check.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "core/memory.h"

#if defined(__clang__)
#define TIDINGS_ANNOTATE(x) __attribute__((x))
#else
#define TIDINGS_ANNOTATE(x)
#endif
#define CAPABILITY(x) TIDINGS_ANNOTATE(capability(x))
#define SCOPED_CAPABILITY TIDINGS_ANNOTATE(scoped_lockable)
#define GUARDED_BY(x) TIDINGS_ANNOTATE(guarded_by(x))
#define PT_GUARDED_BY(x) TIDINGS_ANNOTATE(pt_guarded_by(x))
#define REQUIRES(...) TIDINGS_ANNOTATE(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) TIDINGS_ANNOTATE(locks_excluded(__VA_ARGS__))
#define ACQUIRE(...) TIDINGS_ANNOTATE(acquire_capability(__VA_ARGS__))
#define RELEASE(...) TIDINGS_ANNOTATE(release_capability(__VA_ARGS__))
#define NO_THREAD_SAFETY_ANALYSIS TIDINGS_ANNOTATE(no_thread_safety_analysis)

namespace tidings {

class CAPABILITY("mutex") Mutex {
 public:
  void lock() ACQUIRE() { mutex_.lock(); }
  void unlock() RELEASE() { mutex_.unlock(); }

 private:
  friend class Condition;
  std::mutex mutex_;
};

class SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() RELEASE() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Wait in a loop that reads the guarded condition: while (!ready_) condition_.wait(mutex_);
class Condition {
 public:
  void wait(Mutex& mutex) REQUIRES(mutex) NO_THREAD_SAFETY_ANALYSIS {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    if (is_thread_idle()) {
      condition_.wait(lock);
      set_thread_busy();
    } else if (condition_.wait_for(lock, kIdleAfter) == std::cv_status::timeout) {
      become_idle(lock);
    }
    lock.release();
  }
  // False when the time ran out.
  bool wait_for(Mutex& mutex, std::chrono::nanoseconds timeout)
      REQUIRES(mutex) NO_THREAD_SAFETY_ANALYSIS {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    const std::chrono::nanoseconds idle_in = time_until_idle();
    const bool becomes_idle = timeout > idle_in;
    bool woken =
        condition_.wait_for(lock, std::min(timeout, idle_in)) == std::cv_status::no_timeout;
    if (woken || (timeout > kIdleAfter && !becomes_idle)) {
      set_thread_busy();  // with what came, or with what it has to do now and then
    } else if (becomes_idle) {
      become_idle(lock);
      woken = true;  // it may have been, meanwhile
    } else {
      add_waited(timeout);
    }
    lock.release();
    return woken;
  }
  void notify_one() { condition_.notify_one(); }
  void notify_all() { condition_.notify_all(); }

 private:
  // Others may take the mutex meanwhile: whoever waits looks again.
  static void become_idle(std::unique_lock<std::mutex>& lock) {
    lock.unlock();
    set_thread_idle();
    lock.lock();
  }

  std::condition_variable condition_;
};

}  // namespace tidings
