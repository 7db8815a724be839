#include "core/time.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Reads exactly `count` digits at `position` and moves it on; -1 when they are not there.
int take_digits(std::string_view text, std::size_t& position, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i, ++position) {
    if (position >= text.size() || !is_digit(text[position])) return -1;
    value = value * 10 + (text[position] - '0');
  }
  return value;
}

bool take(std::string_view text, std::size_t& position, std::string_view expected) {
  if (text.substr(std::min(position, text.size()), expected.size()) != expected) return false;
  position += expected.size();
  return true;
}

std::optional<Time> make_time(int year, int month, int day, int hour, int minute, int second) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60 || hour < 0 || minute < 0 ||
      second < 0) {
    return std::nullopt;
  }
  return Time(std::chrono::sys_days(date)) + hours(hour) + minutes(minute) + seconds(second);
}

// "18:30:00"
std::optional<Time> take_clock(std::string_view text, std::size_t& p, int year, int month,
                               int day) {
  const int hour = take_digits(text, p, 2);
  if (hour < 0 || !take(text, p, ":")) return std::nullopt;
  const int minute = take_digits(text, p, 2);
  if (minute < 0 || !take(text, p, ":")) return std::nullopt;
  const int second = take_digits(text, p, 2);
  if (second < 0) return std::nullopt;
  return make_time(year, month, day, hour, minute, second);
}

int take_month(std::string_view text, std::size_t& p) {
  const auto found =
      std::find(kMonths.begin(), kMonths.end(), text.substr(std::min(p, text.size()), 3));
  if (found == kMonths.end()) return -1;
  p += 3;
  return static_cast<int>(found - kMonths.begin()) + 1;
}

// "Sun Nov  6 08:49:37 1994"
std::optional<Time> parse_asctime(std::string_view text) {
  if (text.size() != 24) return std::nullopt;
  std::size_t p = 4;
  const int month = take_month(text, p);
  if (month < 0 || !take(text, p, " ")) return std::nullopt;
  const int day = take(text, p, " ") ? take_digits(text, p, 1) : take_digits(text, p, 2);
  if (day < 0 || !take(text, p, " ")) return std::nullopt;
  std::size_t year_at = 20;
  const int year = take_digits(text, year_at, 4);
  if (year < 0) return std::nullopt;
  return take_clock(text, p, year, month, day);
}

// With zeros in front; gives where it ends. By hand, since a list of articles has a hundred times.
char* put_digits(char* at, std::int64_t number, int digits) {
  for (int i = digits - 1; i >= 0; --i, number /= 10) at[i] = static_cast<char>('0' + number % 10);
  return at + digits;
}
char* put_after(char* at, char separator, std::int64_t number, int digits) {
  *at = separator;
  return put_digits(at + 1, number, digits);
}

}  // namespace

std::string format_rfc3339(Time time) {
  static const Time kFirst = Time(std::chrono::sys_days(std::chrono::year(0) / 1 / 1));
  static const Time kLast =
      Time(std::chrono::sys_days(std::chrono::year(9999) / 12 / 31)) + days(1) - Duration(1);
  time = std::clamp(time, kFirst, kLast);
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::int64_t micros = (time - day).count();
  const std::int64_t in_day = micros / 1'000'000;
  std::array<char, 32> text;
  char* end = put_digits(text.data(), static_cast<int>(date.year()), 4);
  end = put_after(end, '-', static_cast<unsigned>(date.month()), 2);
  end = put_after(end, '-', static_cast<unsigned>(date.day()), 2);
  end = put_after(end, 'T', in_day / 3600, 2);
  end = put_after(end, ':', in_day / 60 % 60, 2);
  end = put_after(end, ':', in_day % 60, 2);
  if (const std::int64_t fraction = micros % 1'000'000; fraction != 0) {
    end = put_after(end, '.', fraction, 6);
    while (end[-1] == '0') --end;
  }
  *end++ = 'Z';
  return std::string(text.data(), end);
}

std::string format_rfc3339(const ZonedTime& zoned) {
  const std::int64_t offset = zoned.offset.count();
  if (offset == 0) return format_rfc3339(zoned.time);
  std::string out = format_rfc3339(zoned.time + zoned.offset);
  out.pop_back();
  const std::int64_t distance = offset < 0 ? -offset : offset;
  out += fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', distance / 60, distance % 60);
  return out;
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  std::size_t p = 0;
  const int year = take_digits(text, p, 4);
  if (year < 0 || !take(text, p, "-")) return std::nullopt;
  const int month = take_digits(text, p, 2);
  if (month < 0 || !take(text, p, "-")) return std::nullopt;
  const int day = take_digits(text, p, 2);
  if (day < 0 || !(take(text, p, "T") || take(text, p, "t") || take(text, p, " ")))
    return std::nullopt;
  std::optional<Time> time = take_clock(text, p, year, month, day);
  if (!time) return std::nullopt;
  if (take(text, p, ".")) {
    std::int64_t scale = 100'000;
    const std::size_t first = p;
    for (; p < text.size() && is_digit(text[p]); ++p, scale /= 10)
      *time += Duration((text[p] - '0') * scale);
    if (p == first) return std::nullopt;
  }
  if (take(text, p, "Z") || take(text, p, "z")) return p == text.size() ? time : std::nullopt;
  const bool west = take(text, p, "-");
  if (!west && !take(text, p, "+")) return std::nullopt;
  const int offset_hours = take_digits(text, p, 2);
  if (offset_hours < 0 || offset_hours > 23 || !take(text, p, ":")) return std::nullopt;
  const int offset_minutes = take_digits(text, p, 2);
  if (offset_minutes < 0 || offset_minutes > 59 || p != text.size()) return std::nullopt;
  const auto offset = hours(offset_hours) + minutes(offset_minutes);
  return west ? *time + offset : *time - offset;
}

std::string format_http_date(Time time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(day);
  const auto in_day = std::chrono::floor<seconds>(time - day).count();
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kWeekdays[std::chrono::weekday(day).c_encoding()],
      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()), in_day / 3600, in_day / 60 % 60, in_day % 60);
}

std::optional<Time> parse_http_date(std::string_view text) {
  text = trim(text);
  const std::size_t comma = text.find(", ");
  if (comma == std::string_view::npos) return parse_asctime(text);
  std::size_t p = comma + 2;
  const int day = take_digits(text, p, 2);
  if (day < 0 || p >= text.size()) return std::nullopt;
  const bool obsolete = text[p] == '-';  // RFC 850: "Sunday, 06-Nov-94 08:49:37 GMT"
  if (text[p] != ' ' && !obsolete) return std::nullopt;
  const int month = take_month(text, ++p);
  if (month < 0 || p >= text.size()) return std::nullopt;
  int year = take_digits(text, ++p, obsolete ? 2 : 4);
  if (year < 0 || !take(text, p, " ")) return std::nullopt;
  if (obsolete) year += year < 70 ? 2000 : 1900;
  const std::optional<Time> time = take_clock(text, p, year, month, day);
  if (!take(text, p, " GMT") || p != text.size()) return std::nullopt;
  return time;
}

}  // namespace tidings
