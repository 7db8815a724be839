#include "extract/date_in_text.h"

#include <array>
#include <string>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/date.h"

namespace tidings::extract {
namespace {

constexpr std::size_t kLineBytesMax = 300;
constexpr std::size_t kWordsBeforeYear = 5;  // "20 de diciembre de 2023"

bool is_year_at(std::string_view line, std::size_t at) {
  if (at + 4 > line.size()) return false;
  if (at > 0 && is_digit(line[at - 1])) return false;
  if (at + 4 < line.size() && is_digit(line[at + 4])) return false;
  const std::string_view century = line.substr(at, 2);
  return (century == "19" || century == "20") && is_digit(line[at + 2]) && is_digit(line[at + 3]);
}

// Where the words before the year begin, nearest first.
std::size_t word_before(std::string_view line, std::size_t at) {
  while (at > 0 && is_space(line[at - 1])) --at;
  while (at > 0 && !is_space(line[at - 1])) --at;
  return at;
}

// 年月日 as the hyphens that the reader of dates knows.
std::optional<ZonedTime> date_with_signs(std::string_view line, std::size_t year_at) {
  constexpr std::array<std::string_view, 2> kYear = {"年", "년"}, kMonth = {"月", "월"};
  std::string iso(line.substr(year_at, 4));
  std::size_t at = year_at + 4;
  for (const auto& signs : {kYear, kMonth}) {
    std::size_t size = 0;
    while (at < line.size() && line[at] == ' ') ++at;
    for (const std::string_view sign : signs) {
      if (line.substr(at).starts_with(sign)) size = sign.size();
    }
    if (size == 0) return std::nullopt;
    at += size;
    while (at < line.size() && line[at] == ' ') ++at;
    std::string digits;
    while (at < line.size() && is_digit(line[at]) && digits.size() < 2) digits += line[at++];
    if (digits.empty()) return std::nullopt;
    iso += digits.size() == 1 ? "-0" : "-";
    iso += digits;
  }
  return text::parse_zoned_date(iso);
}

// The year stands first ("2023-12-20T10:00:00Z") or last ("Dec 20, 2023").
std::optional<ZonedTime> date_around(std::string_view line, std::size_t year_at) {
  if (const std::optional<ZonedTime> time = date_with_signs(line, year_at)) return time;
  const std::size_t year_end = year_at + 4;
  if (year_end < line.size() &&
      (line[year_end] == '-' || line[year_end] == '/' || line[year_end] == '.')) {
    std::size_t end = year_end;
    while (end < line.size() && !is_space(line[end]) && line[end] != ',' && line[end] != '|') ++end;
    if (end - year_at >= 8) {
      if (const std::optional<ZonedTime> time =
              text::parse_zoned_date(line.substr(year_at, end - year_at)))
        return time;
    }
  }
  std::size_t begin = year_at;
  std::optional<ZonedTime> found;
  for (std::size_t word = 0; word < kWordsBeforeYear && begin > 0; ++word) {
    begin = word == 0 && !is_space(line[begin - 1]) ? word_before(line, begin + 1)
                                                    : word_before(line, begin);
    if (begin == year_at) continue;
    if (const std::optional<ZonedTime> time =
            text::parse_zoned_date(line.substr(begin, year_end - begin))) {
      found = time;
      break;
    }
  }
  return found;
}

}  // namespace

std::optional<ZonedTime> date_in_text(std::string_view line) {
  line = utf8_prefix(line, kLineBytesMax);
  for (std::size_t at = 0; at + 4 <= line.size(); ++at) {
    if (!is_year_at(line, at)) continue;
    if (const std::optional<ZonedTime> time = date_around(line, at)) return time;
  }
  return std::nullopt;
}

}  // namespace tidings::extract
