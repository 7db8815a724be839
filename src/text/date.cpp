#include "text/date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "core/strings.h"
#include "text/date_names.h"
#include "text/date_text.h"

namespace tidings::text {
namespace {

constexpr std::size_t kDateSizeMax = 128;  // beyond it stands no date

void take_fraction(DateScanner& scanner, DateParts& parts) {
  if ((scanner.peek() != '.' && scanner.peek() != ',') || !is_digit(scanner.peek(1))) return;
  ++scanner.at;
  for (std::int64_t scale = 100'000; is_digit(scanner.peek()); ++scanner.at, scale /= 10) {
    parts.micros += (scanner.peek() - '0') * scale;
  }
}

// "am", "a.m.", "P. M." with what stands before it; neither a zone ("A") nor a month.
HalfDay take_half_day(DateScanner& scanner) {
  DateScanner ahead = scanner;
  ahead.skip_spaces();
  const char letter = to_lower(ahead.peek());
  if (letter != 'a' && letter != 'p') return HalfDay::Unsaid;
  ++ahead.at;
  const bool has_dot = ahead.take('.');
  if (has_dot) ahead.skip_spaces();
  if (to_lower(ahead.peek()) != 'm') return HalfDay::Unsaid;
  ++ahead.at;
  if (ahead.is_letter()) return HalfDay::Unsaid;
  ahead.take('.');
  scanner.at = ahead.at;
  return letter == 'p' ? HalfDay::Afternoon : HalfDay::Morning;
}

// Whether "10.00.00" stands here, two digits each, or "10.00" behind a whole date: a date would end
// in a year, and dates come first.
bool is_dotted_time(DateScanner ahead, const DateParts& parts) {
  if (parts.day < 0) return false;
  int dotted = 0;
  while (ahead.digits_ahead() == 2 || (dotted == 0 && ahead.digits_ahead() == 1)) {
    ahead.at += ahead.digits_ahead();
    ++dotted;
    if (dotted == 3 || ahead.peek() != '.' || !is_digit(ahead.peek(1))) break;
    ++ahead.at;
  }
  if (is_digit(ahead.peek())) return false;
  return dotted == 3 || (dotted == 2 && parts.has_date());
}

// "h" and "Uhr" behind an hour, with blanks before and behind.
bool take_hour_word(DateScanner& scanner) {
  DateScanner ahead = scanner;
  ahead.skip_spaces();
  const FoldedWord word(ahead.word());
  if (word.view() != "h" && word.view() != "uhr") return false;
  scanner.at = ahead.at;
  ahead.skip_spaces();
  if (is_digit(ahead.peek())) scanner.at = ahead.at;
  return true;
}

// "15:04:05.6", "15:04", "15.04.05" behind a date, "15h04", "15 Uhr", "9 a.m."; false when no time
// stands here.
bool take_time(DateScanner& scanner, DateParts& parts) {
  const std::size_t first = scanner.at;
  const char separator = is_dotted_time(scanner, parts) ? '.' : ':';
  const int hour = scanner.short_number();
  int minute = -1;
  if (hour >= 0) {
    if (scanner.take(separator)) {
      minute = scanner.short_number();
    } else if (take_hour_word(scanner)) {
      minute = is_digit(scanner.peek()) ? scanner.short_number() : 0;
    } else if (DateScanner ahead = scanner;
               hour >= 1 && hour <= 12 && take_half_day(ahead) != HalfDay::Unsaid) {
      minute = 0;
    }
  }
  if (minute < 0) {
    scanner.at = first;
    return false;
  }
  parts.hour = hour;
  parts.minute = minute;
  if (scanner.peek() == separator && is_digit(scanner.peek(1))) {
    ++scanner.at;
    parts.second = scanner.short_number();
    if (parts.second < 0) return false;
    take_fraction(scanner, parts);
  }
  if (const HalfDay half = take_half_day(scanner); half != HalfDay::Unsaid) parts.half = half;
  parts.has_time = true;
  return true;
}

// "+0200", "-05:30", "+2", standing behind a time or a zone name.
bool take_offset(DateScanner& scanner, DateParts& parts) {
  constexpr int kHoursMax = 15;
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
  if (hours > kHoursMax || minutes < 0 || minutes > 59) return false;
  parts.zone = {(hours * 60 + minutes) * (sign == '-' ? -1 : 1)};
  parts.has_zone = true;
  return true;
}

bool looks_like_zone(std::string_view word) {
  if (word.size() < 2 || word.size() > 5) return false;
  for (const char c : word) {
    if (c < 'A' || c > 'Z') return false;
  }
  return true;
}

// "Europe/Berlin": the rest of a place whose first word was read.
bool take_place(DateScanner& scanner, std::size_t first, DateParts& parts) {
  if (scanner.peek() != '/' || !is_alpha(scanner.peek(1))) return false;
  while (is_alpha(scanner.peek()) || scanner.peek() == '/' || scanner.peek() == '_') ++scanner.at;
  const std::string_view name = scanner.text.substr(first, scanner.at - first);
  if (parts.has_zone) return true;
  if (const std::optional<Zone> zone = zone_of_place(name)) {
    parts.zone = *zone;
    parts.has_zone = true;
  } else {
    parts.unknown_zone = name;
  }
  return true;
}

void take_zone_word(DateScanner& scanner, std::string_view word, std::string_view folded,
                    DateParts& parts) {
  if (!parts.has_time || parts.has_zone) return;
  if (const std::optional<Zone> zone = zone_of_word(folded)) {
    DateScanner ahead = scanner;
    ahead.skip_spaces();
    if (take_offset(ahead, parts)) {  // "GMT+0200", "UTC +2"
      scanner.at = ahead.at;
      return;
    }
    parts.zone = *zone;
    parts.has_zone = true;
  } else if (parts.unknown_zone.empty() && looks_like_zone(word)) {
    parts.unknown_zone = word;
  }
}

void take_month(int month, std::string_view folded, DateParts& parts) {
  // A month beside a day comes later than an abbreviated weekday that looks like one ("mar. 5
  // janv.").
  if (month != 0 && !parts.has_date()) parts.month = month;
  // Of the two that the Levant calls "Tishreen" and "Kanoon", the second.
  if (folded == "الثاني" && parts.month == 12) parts.month = 1;
  if (folded == "الثاني" && parts.month == 10) parts.month = 11;
}

void take_word(DateScanner& scanner, DateParts& parts) {
  const std::size_t first = scanner.at;
  std::string_view word = scanner.word();
  if (word.empty()) return;
  if (take_place(scanner, first, parts)) return;
  std::string_view behind_era = word;
  if (const int begin = era_begin(behind_era); begin != 0) {
    parts.era_begin = begin;
    if (behind_era.starts_with("元")) parts.year = begin + 1;  // the first year of an era
    return;
  }
  const FoldedWord folded(word);
  take_month(month_number(folded.view()), folded.view(), parts);
  if (const HalfDay half = half_day(folded.view());
      half != HalfDay::Unsaid && parts.half == HalfDay::Unsaid) {
    const bool is_latin = is_alpha(word[0]);  // "SA", "os": only behind a time
    if (!is_latin || parts.has_time) parts.half = half;
    return;
  }
  take_zone_word(scanner, word, folded.view(), parts);
}

// RFC 2822 §4.3.
int full_year(int year, std::size_t digits) {
  if (digits == 2) return year + (year < 50 ? 2000 : 1900);
  return digits == 3 ? year + 1900 : year;
}

void set_day_and_month(int first, int second, char separator, DateParts& parts) {
  const bool is_slash = separator == '/';
  bool month_first = is_slash ? first <= 12 : second > 12;
  if (is_slash && first > 12) parts.order = DateOrder::DayFirst;
  if (is_slash && second > 12) parts.order = DateOrder::MonthFirst;
  parts.may_be_swapped = is_slash && first <= 12 && second <= 12 && first != second;
  parts.month = month_first ? first : second;
  parts.day = month_first ? second : first;
}

// "1/2/2006", "2.1.2006", "2-1-2006": the separator tells the order.
bool take_numeric_date(DateScanner& scanner, DateParts& parts) {
  const std::size_t start = scanner.at;
  const int first = scanner.short_number();
  scanner.skip_spaces();
  const char separator = scanner.peek();
  if (first >= 0 && (separator == '/' || separator == '.' || separator == '-')) {
    ++scanner.at;
    scanner.skip_spaces();
    const int second = scanner.short_number();
    scanner.skip_spaces();
    if (second >= 0 && scanner.take(separator)) {
      scanner.skip_spaces();
      const std::size_t digits = scanner.digits_ahead();
      if (digits == 2 || digits == 4) {
        set_day_and_month(first, second, separator, parts);
        parts.year = full_year(scanner.number(digits), digits);
        return true;
      }
    }
  }
  scanner.at = start;
  return false;
}

// A number with what it counts behind it: "2006年", "오후 3시 5분".
bool take_counted(DateScanner& scanner, std::size_t digits, DateParts& parts) {
  DateScanner ahead = scanner;
  const int value = ahead.number(digits);
  ahead.skip_spaces();
  std::size_t size = 0;
  const std::optional<DateUnit> unit = take_unit(ahead.text.substr(ahead.at), size);
  if (!unit) return false;
  scanner.at = ahead.at + size;
  switch (*unit) {
    case DateUnit::Year:
      parts.year = parts.era_begin != 0 ? parts.era_begin + value : full_year(value, digits);
      break;
    case DateUnit::Month:
      parts.month = value;
      break;
    case DateUnit::Day:
      parts.day = value;
      break;
    case DateUnit::Hour:
      parts.hour = value;
      parts.has_time = true;
      break;
    case DateUnit::Minute:
      parts.minute = value;
      break;
    case DateUnit::Second:
      parts.second = value;
      break;
  }
  return true;
}

void take_number(DateScanner& scanner, DateParts& parts) {
  const std::size_t digits = scanner.digits_ahead();
  if (digits > 4) {  // no part of a date
    scanner.at += digits;
    return;
  }
  if (take_counted(scanner, digits, parts)) return;
  if (digits <= 2 && !parts.has_time && take_time(scanner, parts)) return;
  if (digits <= 2 && parts.day < 0 && parts.month < 0 && take_numeric_date(scanner, parts)) return;
  const int value = scanner.number(digits);
  // "2006. 1. 2." or "2006. gada 2. jūnijs"
  const bool may_be_month = parts.year >= 0 && parts.month < 0 && parts.day < 0 && parts.loose < 0;
  if (digits > 2) {
    if (parts.year < 0) parts.year = full_year(value, digits);
  } else if (parts.day < 0 && !may_be_month) {
    parts.day = value;
  } else if (parts.loose < 0) {
    parts.loose = value;
  }
}

// Words, numbers and times in any order, with whatever stands between them.
DateParts read_loosely(std::string_view text) {
  DateScanner scanner{text};
  DateParts parts;
  while (!scanner.done()) {
    if (is_digit(scanner.peek())) {
      take_number(scanner, parts);
    } else if (scanner.is_letter()) {
      take_word(scanner, parts);
    } else if (!(parts.has_time && !parts.has_zone && take_offset(scanner, parts))) {
      ++scanner.at;
    }
  }
  if (parts.loose >= 0 && parts.month < 0) {
    parts.month = parts.loose;
  } else if (parts.loose >= 0 && parts.day < 0) {
    parts.day = parts.loose;
  } else if (parts.loose >= 0 && parts.year < 0) {
    parts.year = full_year(parts.loose, 2);
  }
  return parts;
}

// The rest of an ISO date behind its day: "T15:04:05.6+02:00" and its liberties.
bool finish_iso(DateScanner& scanner, DateParts& parts) {
  if (take_offset(scanner, parts) || scanner.done()) return true;  // a day in a zone (XML Schema)
  if (!scanner.take('T') && !scanner.take('t')) {
    const bool is_compact = is_digit(scanner.peek());  // "20060102150405"
    if (!is_space(scanner.peek()) && !is_compact && scanner.peek() != 'Z' && scanner.peek() != ',')
      return false;
    scanner.take(',');
    scanner.skip_spaces();
  }
  const std::size_t digits = scanner.digits_ahead();
  if (digits == 4 || digits == 6) {  // "T150405"
    parts.hour = scanner.number(2);
    parts.minute = scanner.number(2);
    if (digits == 6) parts.second = scanner.number(2);
    take_fraction(scanner, parts);
  } else if (digits != 0 && !take_time(scanner, parts)) {
    if (digits != 2) return false;
    parts.hour = scanner.number(2);  // "T15Z"
  }
  parts.has_time = true;
  while (!scanner.done()) {
    if (!parts.has_zone && take_offset(scanner, parts)) continue;
    if (scanner.is_letter()) {
      take_word(scanner, parts);
    } else if (is_digit(scanner.peek()) && !parts.has_zone) {  // "오후 3:05" and the like
      return false;
    } else {
      ++scanner.at;
    }
  }
  return true;
}

void set_day_of_year(std::chrono::sys_days day, DateParts& parts) {
  const std::chrono::year_month_day date(day);
  parts.year = static_cast<int>(date.year());
  parts.month = static_cast<int>(static_cast<unsigned>(date.month()));
  parts.day = static_cast<int>(static_cast<unsigned>(date.day()));
}

// "2006-W01-2", "2006W012": ISO 8601 weeks begin on Monday, the first holds January 4.
bool take_week(DateScanner& scanner, DateParts& parts) {
  using namespace std::chrono;
  DateScanner ahead = scanner;
  ahead.take('-');
  if (!ahead.take('W') || ahead.digits_ahead() < 2) return false;
  const int week = ahead.number(2);
  ahead.take('-');
  const int day = is_digit(ahead.peek()) ? ahead.number(1) : 1;
  if (week < 1 || week > 53 || day < 1 || day > 7) return false;
  const sys_days fourth = year(parts.year) / January / 4;
  const sys_days monday = fourth - (weekday(fourth) - Monday);
  set_day_of_year(monday + weeks(week - 1) + days(day - 1), parts);
  scanner.at = ahead.at;
  return true;
}

// "2006-032", "2006032".
bool set_ordinal(int day, DateParts& parts) {
  using namespace std::chrono;
  if (day < 1 || day > (year(parts.year).is_leap() ? 366 : 365)) return false;
  set_day_of_year(sys_days(year(parts.year) / January / 1) + days(day - 1), parts);
  return true;
}

// "2006", "2006-01", "2006-01-02…", "2006/1/2…", "20060102…", weeks and days of the year. Nothing
// for what begins otherwise.
std::optional<DateParts> read_iso(std::string_view text) {
  DateScanner scanner{text};
  DateParts parts;
  const std::size_t digits = scanner.digits_ahead();
  parts.year = scanner.number(4);
  parts.month = parts.day = 1;
  if (digits == 7) {
    return set_ordinal(scanner.number(3), parts) && finish_iso(scanner, parts)
               ? std::optional(parts)
               : std::nullopt;
  }
  if (digits == 8 || digits == 14) {
    parts.month = scanner.number(2);
    parts.day = scanner.number(2);
    return finish_iso(scanner, parts) ? std::optional(parts) : std::nullopt;
  }
  if (scanner.done()) return parts;
  if (take_week(scanner, parts))
    return finish_iso(scanner, parts) ? std::optional(parts) : std::nullopt;
  const char separator = scanner.peek();
  if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
  ++scanner.at;
  if (separator == '-' && scanner.digits_ahead() == 3) {
    return set_ordinal(scanner.number(3), parts) && finish_iso(scanner, parts)
               ? std::optional(parts)
               : std::nullopt;
  }
  parts.month = scanner.short_number();
  if (scanner.done()) return parts;
  if (!scanner.take(separator)) return std::nullopt;
  parts.day = scanner.short_number();
  if (parts.month > 12 && parts.day <= 12) std::swap(parts.month, parts.day);
  return finish_iso(scanner, parts) ? std::optional(parts) : std::nullopt;
}

// Seconds, milliseconds or microseconds since 1970, by how many digits there are.
std::optional<Time> read_unix(std::string_view text) {
  const std::string_view digits = text.substr(0, text.find('.'));
  if (digits.size() != 10 && digits.size() != 13 && digits.size() != 16) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  for (const char c : text.substr(std::min(digits.size() + 1, text.size()))) {
    if (!is_digit(c)) return std::nullopt;
  }
  if (digits.size() == 10) value *= 1'000'000;
  if (digits.size() == 13) value *= 1'000;
  return Time(Duration(value));
}

std::optional<FeedDate> date_of(const DateParts& parts) {
  const std::optional<ZonedTime> zoned = parts.time();
  if (!zoned) return std::nullopt;
  FeedDate date{.time = zoned->time,
                .offset = zoned->offset,
                .order = parts.order,
                .unknown_zone = parts.unknown_zone};
  if (parts.has_zone) date.unknown_zone = {};
  if (parts.may_be_swapped) {
    DateParts swapped = parts;
    std::swap(swapped.day, swapped.month);
    if (const std::optional<ZonedTime> other = swapped.time()) date.day_first = other->time;
  }
  return date;
}

std::optional<FeedDate> read_plain(std::string_view text) {
  if (text.starts_with('-') && DateScanner{text.substr(1)}.digits_ahead() >= 4) return std::nullopt;
  if (text.starts_with("/Date(")) text = text.substr(6, text.find_first_of("+-)") - 6);
  if (const std::optional<Time> time = read_unix(text)) return FeedDate{.time = *time};
  const std::size_t digits = DateScanner{text}.digits_ahead();
  const bool is_number = digits == text.size();
  if (digits == 4 || digits == 8 || ((digits == 14 || digits == 7) && is_number)) {
    if (const std::optional<DateParts> parts = read_iso(text)) {
      if (const std::optional<FeedDate> date = date_of(*parts)) return date;
    }
  }
  return date_of(read_loosely(text));
}

}  // namespace

std::optional<ZonedTime> DateParts::time() const {
  using namespace std::chrono;
  constexpr std::array<int, 12> kDaysInMonth = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int common_year = year >= 2400 && year <= 2700 ? year - 543 : year;
  if (common_year < 1000 || common_year > 2399 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > kDaysInMonth[static_cast<std::size_t>(month - 1)]) return std::nullopt;
  int full_hour = hour;
  if (half == HalfDay::Afternoon && hour < 12) full_hour += 12;
  if (half == HalfDay::Morning && hour == 12) full_hour = 0;
  const bool is_midnight_24 = full_hour == 24 && minute == 0 && second == 0;
  if ((full_hour > 23 && !is_midnight_24) || minute > 59 || second > 60) return std::nullopt;
  const year_month_day date{std::chrono::year(common_year),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  const Time local = Time(sys_days(date)) + hours(full_hour) + minutes(minute) + seconds(second) +
                     Duration(micros);
  const minutes ahead = zone.offset(local);
  return ZonedTime{.time = local - ahead, .offset = ahead};
}

std::optional<FeedDate> read_feed_date(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > kDateSizeMax) return std::nullopt;
  const DateText plain(text);
  std::optional<FeedDate> date = read_plain(plain.view());
  // What names the zone must outlive the plain text: it stands in the given one as well, being
  // ASCII.
  if (date && !date->unknown_zone.empty()) {
    const std::size_t at = text.find(date->unknown_zone);
    date->unknown_zone = at == std::string_view::npos ? std::string_view()
                                                      : text.substr(at, date->unknown_zone.size());
  }
  return date;
}

std::optional<Time> parse_feed_date(std::string_view text) {
  const std::optional<FeedDate> date = read_feed_date(text);
  return date ? std::optional(date->time) : std::nullopt;
}

std::optional<ZonedTime> parse_zoned_date(std::string_view text) {
  const std::optional<FeedDate> date = read_feed_date(text);
  if (!date) return std::nullopt;
  return ZonedTime{.time = date->time, .offset = date->offset};
}

}  // namespace tidings::text
