#include "query/times.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <unicode/gregocal.h>
#include <unicode/timezone.h>

#include "core/strings.h"

namespace tidings::query {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearEnd = 2200;

constexpr std::string_view kWhatIsATime =
    "write a year, a month or a day (2026, 2026-11, 2026-11-03), a time (2026-11-03T18:30), "
    "how long ago (24h, 7d, 2w, 3m, 1y), today, yesterday or now";

// The calendar on the wall of a zone. For one thread.
class WallCalendar {
 public:
  static Result<WallCalendar> open(std::string_view zone) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString id = icu::UnicodeString::fromUTF8(
        icu::StringPiece(zone.data(), static_cast<std::int32_t>(zone.size())));
    std::unique_ptr<icu::TimeZone> known(icu::TimeZone::createTimeZone(id));
    if (!known || *known == icu::TimeZone::getUnknown())
      return invalid_input(
          fmt::format("there is no time zone \"{}\"; names are like Europe/Berlin or UTC", zone));
    auto calendar = std::make_unique<icu::GregorianCalendar>(known.release(), status);
    calendar->setGregorianChange(-std::numeric_limits<double>::max(), status);
    if (U_FAILURE(status)) return unavailable("ICU has no calendar");
    return WallCalendar(std::move(calendar));
  }

  Time at(std::chrono::year_month_day day, int hour = 0, int minute = 0, int second = 0) {
    calendar_->clear();
    calendar_->set(static_cast<int>(day.year()),
                   static_cast<std::int32_t>(static_cast<unsigned>(day.month())) - 1,
                   static_cast<std::int32_t>(static_cast<unsigned>(day.day())), hour, minute,
                   second);
    return time();
  }

  // So many of the field later, or earlier; the last day of a month that has no such day.
  Time add(Time from, UCalendarDateFields field, int count) {
    UErrorCode status = U_ZERO_ERROR;
    calendar_->setTime(static_cast<double>(to_micros(from)) / 1000, status);
    calendar_->add(field, count, status);
    return time();
  }

  // When the day of `from` began.
  Time day_of(Time from) {
    UErrorCode status = U_ZERO_ERROR;
    calendar_->setTime(static_cast<double>(to_micros(from)) / 1000, status);
    for (const UCalendarDateFields field :
         {UCAL_HOUR_OF_DAY, UCAL_MINUTE, UCAL_SECOND, UCAL_MILLISECOND}) {
      calendar_->set(field, 0);
    }
    return time();
  }

 private:
  explicit WallCalendar(std::unique_ptr<icu::GregorianCalendar> calendar)
      : calendar_(std::move(calendar)) {}

  Time time() {
    UErrorCode status = U_ZERO_ERROR;
    const double millis = calendar_->getTime(status);
    return from_micros(static_cast<std::int64_t>(std::llround(millis)) * 1000);
  }

  std::unique_ptr<icu::GregorianCalendar> calendar_;
};

// Digits from the front of `text`, exactly so many.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits || !std::ranges::all_of(text.substr(0, digits), is_digit)) return {};
  const auto number = parse_int(text.substr(0, digits));
  text.remove_prefix(digits);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

Error no_time(std::string_view written) {
  return invalid_input(fmt::format("\"{}\" is no time; {}", written, kWhatIsATime));
}

struct Ago {
  int count = 0;
  char unit = 'd';
};

std::optional<Ago> ago_of(std::string_view written) {
  constexpr std::size_t kDigitsMax = 5;
  if (written.size() < 2 || written.size() > kDigitsMax + 1 || !is_digit(written.front()))
    return {};
  const auto count = parse_int(written.substr(0, written.size() - 1));
  const char unit = written.back();
  const bool is_unit = std::string_view("hdwmy").find(unit) != std::string_view::npos;
  if (!count || !is_unit) return {};
  return Ago{static_cast<int>(*count), unit};
}

Time before(WallCalendar& calendar, Time now, Ago ago) {
  switch (ago.unit) {
    case 'h':
      return now - std::chrono::hours(ago.count);
    case 'd':
      return calendar.add(now, UCAL_DATE, -ago.count);
    case 'w':
      return calendar.add(now, UCAL_DATE, -7 * ago.count);
    case 'm':
      return calendar.add(now, UCAL_MONTH, -ago.count);
    default:
      return calendar.add(now, UCAL_YEAR, -ago.count);
  }
}

TimeSpan instant(Time time) {
  return {time, time};
}

// "T18:30", "T18:30:15".
Result<TimeSpan> time_of_day(WallCalendar& calendar, std::chrono::year_month_day day,
                             std::string_view rest, std::string_view written) {
  const auto hour = take_number(rest, 2);
  if (!hour || *hour > 23 || !take(rest, ':')) return no_time(written);
  const auto minute = take_number(rest, 2);
  if (!minute || *minute > 59) return no_time(written);
  int second = 0;
  if (take(rest, ':')) second = take_number(rest, 2).value_or(60);
  if (second > 59 || !rest.empty()) return no_time(written);
  return instant(calendar.at(day, *hour, *minute, second));
}

Result<TimeSpan> date(WallCalendar& calendar, std::string_view written) {
  namespace chrono = std::chrono;
  std::string_view rest = written;
  const auto year = take_number(rest, 4);
  if (!year) return no_time(written);
  if (*year < kYearMin || *year >= kYearEnd)
    return invalid_input(fmt::format("\"{}\": years go from 1900 to 2199", written));
  chrono::year_month_day day(chrono::year(*year), chrono::January, chrono::day(1));
  if (rest.empty()) return TimeSpan{calendar.at(day), calendar.at(day + chrono::years(1))};
  const auto month = take(rest, '-') ? take_number(rest, 2) : std::nullopt;
  if (!month) return no_time(written);
  day = day.year() / *month / 1;
  if (!day.ok()) return invalid_input(fmt::format("\"{}\": there is no month {}", written, *month));
  if (rest.empty()) return TimeSpan{calendar.at(day), calendar.at(day + chrono::months(1))};
  const auto number = take(rest, '-') ? take_number(rest, 2) : std::nullopt;
  if (!number) return no_time(written);
  day = day.year() / day.month() / *number;
  if (!day.ok())
    return invalid_input(fmt::format("\"{}\": that month has no day {}", written, *number));
  if (rest.empty()) {
    const chrono::year_month_day next{chrono::sys_days(day) + chrono::days(1)};
    return TimeSpan{calendar.at(day), calendar.at(next)};
  }
  if (!take(rest, 'T') && !take(rest, 't') && !take(rest, ' ')) return no_time(written);
  return time_of_day(calendar, day, rest, written);
}

}  // namespace

Result<TimeSpan> time_span(std::string_view written, Time now, std::string_view zone) {
  const std::string text = to_lower(trim(written));
  WallCalendar calendar = TRY(WallCalendar::open(zone));
  const Time minute = std::chrono::floor<std::chrono::minutes>(now);
  if (text == "now") return instant(minute);
  if (text == "today" || text == "yesterday") {
    const Time today = calendar.day_of(now);
    if (text == "today") return TimeSpan{today, calendar.add(today, UCAL_DATE, 1)};
    return TimeSpan{calendar.add(today, UCAL_DATE, -1), today};
  }
  const Time first =
      calendar.at({std::chrono::year(kYearMin), std::chrono::January, std::chrono::day(1)});
  if (const auto ago = ago_of(text)) {
    const Time time = before(calendar, minute, *ago);
    if (time < first) return invalid_input(fmt::format("\"{}\" is before the year 1900", written));
    return instant(time);
  }
  std::string upper = text;  // RFC 3339 as it is written most
  std::ranges::replace(upper, 't', 'T');
  std::ranges::replace(upper, 'z', 'Z');
  if (const auto time = parse_rfc3339(upper)) {
    if (*time < first || *time >= calendar.at({std::chrono::year(kYearEnd), std::chrono::January,
                                               std::chrono::day(1)}))
      return invalid_input(fmt::format("\"{}\": years go from 1900 to 2199", written));
    return instant(*time);
  }
  return date(calendar, text);
}

}  // namespace tidings::query
