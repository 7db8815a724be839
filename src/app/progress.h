// How far a long command is, for who waits.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tidings::app {

std::string with_commas(std::int64_t number);  // "1,234,567"

// One line on standard error that is written over on a terminal; elsewhere a line now and then.
class Progress {
 public:
  explicit Progress(std::int64_t total);

  void tell(std::int64_t done);
  // So that what is written next begins a line.
  void end() const;

 private:
  const std::int64_t total_;
  const bool is_terminal_;
  const std::chrono::steady_clock::time_point begun_at_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point told_at_ = begun_at_;
  bool is_told_ = false;
};

}  // namespace tidings::app
