#include "app/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/files.h"

namespace tidings::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace

std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  return text;
}

Progress::Progress(std::int64_t total)
    : total_(total), is_terminal_(::isatty(STDERR_FILENO) == 1) {}

void Progress::tell(std::int64_t done) {
  const steady_clock::time_point now = steady_clock::now();
  const auto pause = is_terminal_ ? milliseconds(500) : milliseconds(10'000);
  if (now < told_at_ + pause) return;
  told_at_ = now;
  const double seconds = std::chrono::duration<double>(now - begun_at_).count();
  const double rate = static_cast<double>(done) / std::max(seconds, 1e-3);
  const auto left = static_cast<double>(std::max<std::int64_t>(0, total_ - done));
  write_error(fmt::format("{}{} of {} articles, {} a second, {} left{}", is_terminal_ ? "\r" : "",
                          with_commas(done), with_commas(std::max(total_, done)),
                          with_commas(std::llround(rate)), duration_text(left / rate),
                          is_terminal_ ? "\x1b[K" : "\n"));
  is_told_ = true;
}

void Progress::end() const {
  if (is_terminal_ && is_told_) write_error("\r\x1b[K");
}

}  // namespace tidings::app
