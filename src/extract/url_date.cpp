#include "extract/url_date.h"

#include <array>
#include <chrono>

#include "core/strings.h"

namespace tidings::extract {
namespace {

struct Reader {
  std::string_view text;
  std::size_t at;

  // A number of exactly `digits` digits, or -1.
  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i, ++at) {
      if (at >= text.size() || !is_digit(text[at])) return -1;
      value = value * 10 + (text[at] - '0');
    }
    return value;
  }
  // One or two digits.
  int short_number() {
    const std::size_t digits = at + 1 < text.size() && is_digit(text[at + 1]) ? 2 : 1;
    return number(digits);
  }
  int month() {
    constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                          "jul", "aug", "sep", "oct", "nov", "dec"};
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
      if (!istarts_with(text.substr(at), kMonths[i])) continue;
      at += 3;
      return static_cast<int>(i) + 1;
    }
    return short_number();
  }
  bool ends() const { return at >= text.size() || !is_digit(text[at]); }
};

std::optional<Time> date_at(std::string_view url, std::size_t at) {
  using namespace std::chrono;
  Reader reader{url, at};
  const int year_number = reader.number(4);
  if (year_number < 1990 || year_number > 2099 || reader.at >= url.size()) return std::nullopt;
  int month_number = -1, day_number = -1;
  if (const char separator = url[reader.at];
      separator == '/' || separator == '-' || separator == '_') {
    ++reader.at;
    month_number = reader.month();
    if (reader.at >= url.size() || url[reader.at] != separator) return std::nullopt;
    ++reader.at;
    day_number = reader.short_number();
  } else {
    month_number = reader.number(2);
    day_number = reader.number(2);
  }
  if (!reader.ends() || month_number < 1 || day_number < 1) return std::nullopt;
  const year_month_day date{year(year_number), month(static_cast<unsigned>(month_number)),
                            day(static_cast<unsigned>(day_number))};
  if (!date.ok()) return std::nullopt;
  return Time(sys_days(date));
}

}  // namespace

std::optional<Time> date_in_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  for (std::size_t at = 1; at + 8 <= url.size(); ++at) {
    if (!is_digit(url[at]) || is_digit(url[at - 1])) continue;
    if (const std::optional<Time> time = date_at(url, at)) return time;
  }
  return std::nullopt;
}

}  // namespace tidings::extract
