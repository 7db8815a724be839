// SIGTERM and SIGINT, as a value to wait for.
#pragma once

#include <csignal>

#include <cerrno>
#include <chrono>

namespace tidings::app {

// Blocked in the thread that makes this, and in every thread that starts after it.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  int wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
    return signal;
  }

  // False when none came in time.
  bool wait_for(std::chrono::milliseconds time) const {
    const timespec timeout{.tv_sec = time.count() / 1000,
                           .tv_nsec = time.count() % 1000 * 1'000'000};
    return sigtimedwait(&signals_, nullptr, &timeout) > 0;
  }

 private:
  sigset_t signals_{};
};

}  // namespace tidings::app
