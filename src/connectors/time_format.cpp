#include "connectors/time_format.h"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/strings.h"
#include "text/date.h"

namespace tidings::connectors {
namespace {

enum Part { Year, Month, Day, Hour, Minute, Second, Parts };
constexpr std::array<std::string_view, Parts> kPartNames = {"YYYY", "MM", "DD", "hh", "mm", "ss"};

// The part whose letters begin `pattern`.
std::optional<Part> part_at(std::string_view pattern) {
  for (int part = Year; part < Parts; ++part) {
    if (pattern.starts_with(kPartNames.at(static_cast<std::size_t>(part))))
      return static_cast<Part>(part);
  }
  return std::nullopt;
}

std::optional<Time> read_pattern(std::string_view pattern, std::string_view text) {
  using namespace std::chrono;
  std::array<int, Parts> values{0, 1, 1, 0, 0, 0};
  while (!pattern.empty()) {
    const std::optional<Part> part = part_at(pattern);
    const std::size_t size = part ? kPartNames.at(*part).size() : 1;
    if (text.size() < size) return std::nullopt;
    if (part) {
      int& value = values.at(*part);
      const char* const last = text.data() + size;
      const auto [end, error] = std::from_chars(text.begin(), last, value);
      if (error != std::errc() || end != last || value < 0) return std::nullopt;
    } else if (text.front() != pattern.front()) {
      return std::nullopt;
    }
    pattern.remove_prefix(size);
    text.remove_prefix(size);
  }
  const year_month_day date{year(values[Year]), month(static_cast<unsigned>(values[Month])),
                            day(static_cast<unsigned>(values[Day]))};
  if (!text.empty() || !date.ok() || values[Hour] > 24 || values[Minute] > 59 ||
      values[Second] > 60)
    return std::nullopt;
  return Time(sys_days(date)) + hours(values[Hour]) + minutes(values[Minute]) +
         seconds(values[Second]);
}

std::string write_pattern(std::string_view pattern, Time time) {
  using namespace std::chrono;
  const sys_days day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<seconds>(time - day));
  const std::array<long, Parts> values{static_cast<int>(date.year()),
                                       static_cast<long>(static_cast<unsigned>(date.month())),
                                       static_cast<long>(static_cast<unsigned>(date.day())),
                                       clock.hours().count(),
                                       clock.minutes().count(),
                                       clock.seconds().count()};
  std::string text;
  while (!pattern.empty()) {
    const std::optional<Part> part = part_at(pattern);
    const std::size_t size = part ? kPartNames.at(*part).size() : 1;
    text += part ? fmt::format("{:0{}}", values.at(*part), size) : std::string(1, pattern.front());
    pattern.remove_prefix(size);
  }
  return text;
}

std::optional<Time> read_epoch(std::string_view text, double micros_per_unit) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr double kMicrosMax = 253'402'300'799e6;  // the end of the year 9999
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const double micros = number * micros_per_unit;
  if (!std::isfinite(micros) || std::abs(micros) > kMicrosMax) return std::nullopt;
  return from_micros(static_cast<std::int64_t>(micros));
}

}  // namespace

Result<TimeFormat> parse_time_format(std::string_view text) {
  using Kind = TimeFormat::Kind;
  if (text == "any") return TimeFormat{};
  if (text == "rfc3339") return TimeFormat{.kind = Kind::Rfc3339};
  if (text == "epoch_seconds") return TimeFormat{.kind = Kind::EpochSeconds};
  if (text == "epoch_milliseconds") return TimeFormat{.kind = Kind::EpochMilliseconds};
  for (const std::string_view part : {"YYYY", "MM", "DD"}) {
    if (text.find(part) == std::string_view::npos || text.size() > 64) {
      return invalid_input(fmt::format(
          "'{}' is no time format: any, rfc3339, epoch_seconds, epoch_milliseconds, or a pattern "
          "with YYYY, MM and DD such as YYYYMMDDThhmmssZ",
          text));
    }
  }
  return TimeFormat{.kind = Kind::Pattern, .pattern = std::string(text)};
}

std::optional<Time> read_time(const TimeFormat& format, std::string_view text) {
  switch (format.kind) {
    case TimeFormat::Kind::Any:
      return text::parse_feed_date(text);
    case TimeFormat::Kind::Rfc3339:
      return parse_rfc3339(text);
    case TimeFormat::Kind::EpochSeconds:
      return read_epoch(text, 1e6);
    case TimeFormat::Kind::EpochMilliseconds:
      return read_epoch(text, 1e3);
    case TimeFormat::Kind::Pattern:
      return read_pattern(format.pattern, text);
  }
  return std::nullopt;
}

std::string write_time(const TimeFormat& format, Time time) {
  const Time whole = std::chrono::floor<std::chrono::seconds>(time);
  switch (format.kind) {
    case TimeFormat::Kind::Any:
    case TimeFormat::Kind::Rfc3339:
      return format_rfc3339(whole);
    case TimeFormat::Kind::EpochSeconds:
      return std::to_string(to_micros(whole) / 1'000'000);
    case TimeFormat::Kind::EpochMilliseconds:
      return std::to_string(to_micros(whole) / 1'000);
    case TimeFormat::Kind::Pattern:
      return write_pattern(format.pattern, whole);
  }
  return {};
}

}  // namespace tidings::connectors
