#include "text/date.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/strings.h"
#include "text/date_names.h"

namespace tidings::text {
namespace {

constexpr std::size_t kDateSizeMax = 128;  // beyond it stands no date

struct Parts {
  int year = -1, month = -1, day = -1;
  int hour = 0, minute = 0, second = 0;
  std::int64_t micros = 0;
  int offset_minutes = 0;
  bool has_time = false;
  bool has_zone = false;
};

constexpr std::array<int, 12> kDaysInMonth = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

std::optional<Time> to_time(const Parts& parts) {
  using namespace std::chrono;
  if (parts.year < 1 || parts.year > 9999 || parts.month < 1 || parts.month > 12)
    return std::nullopt;
  if (parts.day < 1 || parts.day > kDaysInMonth[static_cast<std::size_t>(parts.month - 1)])
    return std::nullopt;
  const bool is_midnight_24 = parts.hour == 24 && parts.minute == 0 && parts.second == 0;
  if ((parts.hour > 23 && !is_midnight_24) || parts.minute > 59 || parts.second > 60)
    return std::nullopt;
  const year_month_day date{year(parts.year), month(static_cast<unsigned>(parts.month)),
                            day(static_cast<unsigned>(parts.day))};
  if (!date.ok()) return std::nullopt;
  return Time(sys_days(date)) + hours(parts.hour) + minutes(parts.minute) + seconds(parts.second) +
         Duration(parts.micros) - minutes(parts.offset_minutes);
}

// A reading position over the text.
struct Scanner {
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
  std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (is_digit(peek(count))) ++count;
    return count;
  }
  // Reads `count` digits, which are there.
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
  std::string_view word() {
    const std::size_t first = at;
    while (!done() && (is_alpha(text[at]) || static_cast<unsigned char>(text[at]) >= 0x80)) ++at;
    return text.substr(first, at - first);
  }
};

void take_fraction(Scanner& scanner, Parts& parts) {
  if ((scanner.peek() != '.' && scanner.peek() != ',') || !is_digit(scanner.peek(1))) return;
  ++scanner.at;
  for (std::int64_t scale = 100'000; is_digit(scanner.peek()); ++scanner.at, scale /= 10) {
    parts.micros += (scanner.peek() - '0') * scale;
  }
}

// "am", "a.m.", "P. M." with what stands before it; neither a zone ("A") nor a month. Empty: none
// stands here.
std::optional<bool> take_half_day(Scanner& scanner) {
  Scanner ahead = scanner;
  ahead.skip_spaces();
  const char letter = to_lower(ahead.peek());
  if (letter != 'a' && letter != 'p') return std::nullopt;
  ++ahead.at;
  const bool has_dot = ahead.take('.');
  if (has_dot) ahead.skip_spaces();
  if (to_lower(ahead.peek()) != 'm') return std::nullopt;
  ++ahead.at;
  if (!ahead.done() && (is_alpha(ahead.peek()) || static_cast<unsigned char>(ahead.peek()) >= 0x80))
    return std::nullopt;
  ahead.take('.');
  scanner.at = ahead.at;
  return letter == 'p';
}

void apply_half_day(Parts& parts, bool is_afternoon) {
  if (is_afternoon && parts.hour < 12) parts.hour += 12;
  if (!is_afternoon && parts.hour == 12) parts.hour = 0;
}

// Whether "10.00.00" stands here, two digits each: a date would end in a year, and dates come
// first.
bool is_dotted_time(Scanner ahead) {
  for (int part = 0; part < 3; ++part) {
    if (ahead.digits_ahead() != 2) return false;
    ahead.at += 2;
    if (part < 2 && !ahead.take('.')) return false;
  }
  return !is_digit(ahead.peek()) && ahead.peek() != '.';
}

// "15:04:05.6", "15:04", "15.04.05" behind a date, "15h04", "9 a.m."; false when no time stands
// here.
bool take_time(Scanner& scanner, Parts& parts) {
  const std::size_t first = scanner.at;
  const bool is_dotted = parts.day >= 0 && is_dotted_time(scanner);
  const char separator = is_dotted ? '.' : ':';
  const int hour = scanner.short_number();
  int minute = -1, second = 0;
  if (hour >= 0 &&
      (scanner.take(separator) || (to_lower(scanner.peek()) == 'h' && is_digit(scanner.peek(1)) &&
                                   scanner.take(scanner.peek())))) {
    minute = scanner.short_number();
  } else if (Scanner ahead = scanner; hour >= 1 && hour <= 12 && take_half_day(ahead)) {
    minute = 0;
  }
  if (minute < 0) {
    scanner.at = first;
    return false;
  }
  parts.hour = hour;
  parts.minute = minute;
  if (scanner.peek() == separator && is_digit(scanner.peek(1))) {
    ++scanner.at;
    second = scanner.short_number();
    if (second < 0) return false;
    parts.second = second;
    take_fraction(scanner, parts);
  }
  if (const std::optional<bool> is_afternoon = take_half_day(scanner))
    apply_half_day(parts, *is_afternoon);
  parts.has_time = true;
  return true;
}

// "+0200", "-05:30", "+2", standing behind a time or a zone name.
bool take_offset(Scanner& scanner, Parts& parts) {
  const char sign = scanner.peek();
  if ((sign != '+' && sign != '-') || !is_digit(scanner.peek(1))) return false;
  ++scanner.at;
  const std::size_t count = scanner.digits_ahead();
  int hours = 0, minutes = 0;
  if (count == 3 || count == 4) {
    hours = scanner.number(count - 2);
    minutes = scanner.number(2);
  } else if (count <= 2) {
    hours = scanner.number(count);
    if (scanner.take(':')) minutes = scanner.short_number();
  } else {
    return false;
  }
  if (hours > 24 || minutes < 0 || minutes > 59) return false;
  parts.offset_minutes = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
  parts.has_zone = true;
  return true;
}

void take_word(Scanner& scanner, Parts& parts) {
  const std::string_view word = scanner.word();
  if (word.empty()) return;
  const FoldedWord folded(word);
  // A month beside a day comes later than an abbreviated weekday that looks like one ("mar. 5
  // janv.").
  if (const int month = month_number(folded.view()); month != 0) {
    parts.month = month;
    return;
  }
  if (parts.day >= 0 && parts.month < 0) {
    if (const int month = month_number_elsewhere(word); month != 0) {
      parts.month = month;
      return;
    }
  }
  if (!parts.has_time || parts.has_zone) return;
  if (const std::optional<int> minutes = zone_offset_minutes(folded.view())) {
    if (take_offset(scanner, parts)) return;  // "GMT+0200"
    parts.offset_minutes = *minutes;
    parts.has_zone = true;
  }
}

// RFC 2822 §4.3.
int full_year(int year, std::size_t digits) {
  if (digits == 2) return year + (year < 50 ? 2000 : 1900);
  return digits == 3 ? year + 1900 : year;
}

// "1/2/2006", "2.1.2006", "2-1-2006": the separator tells the order.
bool take_numeric_date(Scanner& scanner, Parts& parts) {
  const std::size_t start = scanner.at;
  const int first = scanner.short_number();
  const char separator = scanner.peek();
  if (first >= 0 && (separator == '/' || separator == '.' || separator == '-') &&
      is_digit(scanner.peek(1))) {
    ++scanner.at;
    const int second = scanner.short_number();
    if (second >= 0 && scanner.take(separator)) {
      const std::size_t digits = scanner.digits_ahead();
      if (digits == 2 || digits == 4) {
        const bool month_first = separator == '/' ? first <= 12 : second > 12;
        parts.month = month_first ? first : second;
        parts.day = month_first ? second : first;
        parts.year = full_year(scanner.number(digits), digits);
        return true;
      }
    }
  }
  scanner.at = start;
  return false;
}

void take_number(Scanner& scanner, Parts& parts) {
  const std::size_t digits = scanner.digits_ahead();
  if (digits <= 2 && !parts.has_time && take_time(scanner, parts)) return;
  if (digits <= 2 && parts.day < 0 && parts.month < 0 && take_numeric_date(scanner, parts)) return;
  if (digits > 4) {  // no part of a date
    scanner.at += digits;
    return;
  }
  const int value = scanner.number(digits);
  if (digits > 2) {
    if (parts.year < 0) parts.year = full_year(value, digits);
  } else if (parts.year >= 0 && parts.month < 0) {  // "2006年1月2日"
    parts.month = value;
  } else if (parts.day < 0) {
    parts.day = value;
  } else if (parts.year < 0) {
    parts.year = full_year(value, digits);
  }
}

// Words, numbers and times in any order, with whatever stands between them.
std::optional<Time> parse_loosely(std::string_view text) {
  Scanner scanner{text};
  Parts parts;
  while (!scanner.done()) {
    const char c = scanner.peek();
    if (is_digit(c)) {
      take_number(scanner, parts);
    } else if (is_alpha(c) || static_cast<unsigned char>(c) >= 0x80) {
      take_word(scanner, parts);
    } else if (!(parts.has_time && !parts.has_zone && take_offset(scanner, parts))) {
      ++scanner.at;
    }
  }
  return to_time(parts);
}

// The rest of an ISO date behind its day: "T15:04:05.6+02:00" and its liberties.
std::optional<Time> finish_iso(Scanner& scanner, Parts& parts) {
  if (!scanner.take('T') && !scanner.take('t')) {
    const bool is_compact = is_digit(scanner.peek());  // "20060102150405"
    if (!scanner.done() && !is_space(scanner.peek()) && !is_compact) return std::nullopt;
    scanner.skip_spaces();
  }
  const std::size_t digits = scanner.digits_ahead();
  if (digits == 4 || digits == 6) {  // "T150405"
    parts.hour = scanner.number(2);
    parts.minute = scanner.number(2);
    if (digits == 6) parts.second = scanner.number(2);
    take_fraction(scanner, parts);
    parts.has_time = true;
  } else if (digits != 0 && !take_time(scanner, parts)) {
    return std::nullopt;
  }
  scanner.skip_spaces();
  while (!scanner.done() && !parts.has_zone) {
    if (take_offset(scanner, parts)) break;
    if (is_alpha(scanner.peek())) {
      take_word(scanner, parts);
    } else {
      ++scanner.at;
    }
  }
  return to_time(parts);
}

// "2006", "2006-01", "2006-01-02…", "2006/1/2…", "20060102…".
std::optional<Time> parse_iso(std::string_view text) {
  Scanner scanner{text};
  Parts parts;
  const std::size_t digits = scanner.digits_ahead();
  parts.year = scanner.number(4);
  parts.month = parts.day = 1;
  if (digits == 8 || digits == 14) {
    parts.month = scanner.number(2);
    parts.day = scanner.number(2);
    return finish_iso(scanner, parts);
  }
  if (scanner.done()) return to_time(parts);
  const char separator = scanner.peek();
  if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
  ++scanner.at;
  parts.month = scanner.short_number();
  if (scanner.done()) return to_time(parts);
  if (!scanner.take(separator)) return std::nullopt;
  parts.day = scanner.short_number();
  if (parts.month > 12 && parts.day <= 12) std::swap(parts.month, parts.day);
  return finish_iso(scanner, parts);
}

std::optional<Time> parse_unix(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return Time(Duration(digits.size() == 13 ? value * 1'000 : value * 1'000'000));
}

}  // namespace

std::optional<Time> parse_feed_date(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > kDateSizeMax) return std::nullopt;
  const std::size_t digits = Scanner{text}.digits_ahead();
  if (digits == text.size() && (digits == 10 || digits == 13)) return parse_unix(text);
  if (digits == 4 || digits == 8 || (digits == 14 && digits == text.size())) {
    if (const std::optional<Time> time = parse_iso(text)) return time;
  }
  return parse_loosely(text);
}

}  // namespace tidings::text
