// How many bytes of publishers' answers are in memory at once, whoever sends them.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <utility>

namespace tidings::pipeline {

// Safe to use from many threads.
class ByteBudget {
 public:
  // `on_room` is told when it is tight no longer, by whoever gave back; it must not wait.
  explicit ByteBudget(std::size_t bytes_max, std::function<void()> on_room = {})
      : bytes_max_(bytes_max), on_room_(std::move(on_room)) {}

  // False, and nothing taken, when they do not fit.
  bool take(std::size_t bytes) {
    if (held_.fetch_add(bytes) + bytes <= bytes_max_) return true;
    held_.fetch_sub(bytes);
    return false;
  }
  void give_back(std::size_t bytes) {
    const std::size_t before = held_.fetch_sub(bytes);
    if (on_room_ && before > bytes_max_ / 2 && before - bytes <= bytes_max_ / 2) on_room_();
  }

  std::size_t held() const { return held_.load(); }
  // Half is taken: the other half is for what is on its way, and nothing more should be asked for.
  bool is_tight() const { return held() > bytes_max_ / 2; }

 private:
  const std::size_t bytes_max_;
  const std::function<void()> on_room_;
  std::atomic<std::size_t> held_{0};
};

// What one answer takes; given back with it. For one thread at a time. Its address is known to the
// transfer that fills it, so it does not move.
class HeldBytes {
 public:
  explicit HeldBytes(ByteBudget& budget) : budget_(budget) {}
  ~HeldBytes() { give_back(); }
  HeldBytes(const HeldBytes&) = delete;
  HeldBytes& operator=(const HeldBytes&) = delete;

  bool take(std::size_t bytes) {
    if (!budget_.take(bytes)) return false;
    bytes_ += bytes;
    return true;
  }
  void give_back() {
    budget_.give_back(bytes_);
    bytes_ = 0;
  }

 private:
  ByteBudget& budget_;
  std::size_t bytes_ = 0;
};

}  // namespace tidings::pipeline
