#include "analytics/time_buckets.h"

#include <array>
#include <memory>

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/gregocal.h>
#include <unicode/timezone.h>

namespace tidings::analytics {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"hour", "day", "week", "month"};

UDate to_icu(Time time) {
  return static_cast<double>(to_micros(time)) / 1000;
}
Time from_icu(UDate date) {
  return from_micros(static_cast<std::int64_t>(date) * 1000);
}

// A calendar of the zone whose weeks begin on Mondays.
Result<std::unique_ptr<icu::Calendar>> calendar_of(const std::string& time_zone) {
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  if (*zone == icu::TimeZone::getUnknown())
    return invalid_input(fmt::format("'{}' is no time zone", time_zone));
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Calendar> calendar =
      std::make_unique<icu::GregorianCalendar>(zone.release(), status);
  if (U_FAILURE(status) != 0) return unavailable("calendars are not there");
  calendar->setFirstDayOfWeek(UCAL_MONDAY);
  return calendar;
}

// To the begin of the interval that holds the calendar's time.
void go_to_begin(icu::Calendar& calendar, Interval interval) {
  UErrorCode status = U_ZERO_ERROR;
  if (interval == Interval::Week) {
    const int day = calendar.get(UCAL_DAY_OF_WEEK, status);
    calendar.add(UCAL_DATE, -((day + 5) % 7), status);
  }
  if (interval == Interval::Month) calendar.set(UCAL_DATE, 1);
  if (interval != Interval::Hour) calendar.set(UCAL_HOUR_OF_DAY, 0);
  calendar.set(UCAL_MINUTE, 0);
  calendar.set(UCAL_SECOND, 0);
  calendar.set(UCAL_MILLISECOND, 0);
}

void go_to_next(icu::Calendar& calendar, Interval interval) {
  UErrorCode status = U_ZERO_ERROR;
  switch (interval) {
    case Interval::Hour:
      calendar.add(UCAL_HOUR_OF_DAY, 1, status);
      break;
    case Interval::Day:
      calendar.add(UCAL_DATE, 1, status);
      break;
    case Interval::Week:
      calendar.add(UCAL_DATE, 7, status);
      break;
    case Interval::Month:
      calendar.add(UCAL_MONTH, 1, status);
      break;
  }
}

}  // namespace

std::string_view to_string(Interval interval) {
  return kNames[static_cast<std::size_t>(interval)];
}

std::optional<Interval> parse_interval(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Interval>(i);
  }
  return std::nullopt;
}

Result<std::vector<Time>> time_buckets(Time since, Time until, Interval interval,
                                       const std::string& time_zone, std::size_t buckets_max) {
  if (since >= until) return invalid_input("the time is empty: it ends before it begins");
  const std::unique_ptr<icu::Calendar> calendar = TRY(calendar_of(time_zone));
  UErrorCode status = U_ZERO_ERROR;
  calendar->setTime(to_icu(since), status);
  go_to_begin(*calendar, interval);
  std::vector<Time> begins;
  while (true) {
    const Time begin = from_icu(calendar->getTime(status));
    if (U_FAILURE(status) != 0) return invalid_input("the time is beyond what calendars know");
    begins.push_back(begin);
    if (begin >= until) return begins;
    if (begins.size() > buckets_max)
      return invalid_input(fmt::format("the time has more than {} intervals, each a {}",
                                       buckets_max, to_string(interval)));
    go_to_next(*calendar, interval);
  }
}

Result<std::vector<HourOfWeek>> hours_of_week(const std::vector<Time>& times,
                                              const std::string& time_zone) {
  const std::unique_ptr<icu::Calendar> calendar = TRY(calendar_of(time_zone));
  std::vector<HourOfWeek> hours;
  hours.reserve(times.size());
  for (const Time time : times) {
    UErrorCode status = U_ZERO_ERROR;
    calendar->setTime(to_icu(time), status);
    hours.push_back({.weekday = (calendar->get(UCAL_DAY_OF_WEEK, status) + 5) % 7,
                     .hour = calendar->get(UCAL_HOUR_OF_DAY, status)});
  }
  return hours;
}

}  // namespace tidings::analytics
