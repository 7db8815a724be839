// What a date is made of while it is read, and a reading position over its text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/strings.h"
#include "core/time.h"
#include "text/date_names.h"
#include "text/date_zones.h"

namespace tidings::text {

// Which of two numbers is the month, as one date tells it.
enum class DateOrder : std::uint8_t { Untold, MonthFirst, DayFirst };

struct DateParts {
  int year = -1, month = -1, day = -1;
  int loose = -1;     // a short number whose meaning the others tell: the month or the year
  int era_begin = 0;  // of the Japanese or Taiwanese era whose year comes next
  int hour = 0, minute = 0, second = 0;
  std::int64_t micros = 0;
  HalfDay half = HalfDay::Unsaid;
  Zone zone;
  bool has_time = false;
  bool has_zone = false;
  DateOrder order = DateOrder::Untold;
  bool may_be_swapped = false;  // day and month were told apart by habit alone
  std::string_view unknown_zone;

  bool has_date() const { return year >= 0 && month >= 0 && day >= 0; }

  // Nothing where a part is missing or out of its range. Years of the Buddhist era (2400 to 2700)
  // are brought into the common one; otherwise 1000 to 2399 are years.
  std::optional<ZonedTime> time() const;
};

struct DateScanner {
  std::string_view text;
  std::size_t at = 0;

  bool done() const { return at >= text.size(); }
  char peek(std::size_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++at;
    return true;
  }
  bool is_letter(std::size_t ahead = 0) const {
    return is_alpha(peek(ahead)) || static_cast<unsigned char>(peek(ahead)) >= 0x80;
  }
  std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (is_digit(peek(count))) ++count;
    return count;
  }
  // Reads `count` digits, which are there; at most nine of them.
  int number(std::size_t count) {
    int value = 0;
    for (; count > 0; --count) value = value * 10 + (text[at++] - '0');
    return value;
  }
  // One or two digits; -1 when there are none, or more.
  int short_number() {
    const std::size_t count = digits_ahead();
    return count == 1 || count == 2 ? number(count) : -1;
  }
  void skip_spaces() {
    while (is_space(peek())) ++at;
  }
  // Letters; and the dots of "พ.ย.", between letters beyond ASCII.
  std::string_view word() {
    const std::size_t first = at;
    while (is_letter() ||
           (at > first && peek() == '.' && is_beyond_ascii(at - 1) && is_beyond_ascii(at + 1)))
      ++at;
    return text.substr(first, at - first);
  }

 private:
  bool is_beyond_ascii(std::size_t position) const {
    return position < text.size() && static_cast<unsigned char>(text[position]) >= 0x80;
  }
};

}  // namespace tidings::text
