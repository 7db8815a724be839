// UTC microseconds inside, RFC 3339 outside; the clock is passed, so that tests own it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidings {

using Duration = std::chrono::microseconds;
using Time = std::chrono::sys_time<Duration>;

inline std::int64_t to_micros(Time time) {
  return time.time_since_epoch().count();
}
inline Time from_micros(std::int64_t micros) {
  return Time(Duration(micros));
}

// An instant as the clock of its writer showed it: 23:30 in New York is another day in London.
struct ZonedTime {
  Time time{};
  std::chrono::minutes offset{0};  // of the writer's clock, east of UTC; less than a day

  friend bool operator==(const ZonedTime&, const ZonedTime&) = default;
};

// "2026-11-23T18:30:00Z"; with a fraction only where there is one. Years 0000 to 9999 (others are
// clamped).
std::string format_rfc3339(Time time);

// "2026-11-23T13:30:00-05:00", likewise; Z where the offset is none.
std::string format_rfc3339(const ZonedTime& zoned);

// RFC 3339 §5.6 exactly, any offset, fraction to the microsecond. Nothing for anything else.
std::optional<Time> parse_rfc3339(std::string_view text);

// "Mon, 23 Nov 2026 18:30:00 GMT" (IMF-fixdate, RFC 9110 §5.6.7).
std::string format_http_date(Time time);

// All three forms of RFC 9110 §5.6.7.
std::optional<Time> parse_http_date(std::string_view text);

// Safe to call from many threads.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  }
};

// Stands still until it is told to move.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Time start) : micros_(to_micros(start)) {}
  Time now() const override { return from_micros(micros_.load()); }
  void advance(Duration by) { micros_ += by.count(); }
  void set(Time to) { micros_ = to_micros(to); }

 private:
  std::atomic<std::int64_t> micros_;
};

}  // namespace tidings
