#include "fetch/quota.h"

#include <algorithm>
#include <string_view>

#include "core/strings.h"

namespace tidings::fetch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kMost = std::chrono::days(3);
constexpr long long kEpochSecondsMin = 1'000'000'000;           // 2001
constexpr long long kEpochMillisecondsMin = 1'000'000'000'000;  // likewise

// Digits, as Reddit sends them also with a fraction ("0.0", "345.0"), which is dropped.
std::optional<long long> whole_number(std::string_view text) {
  text = trim(text);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == text.npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || !std::ranges::all_of(whole, is_digit)) return std::nullopt;
  if (!std::ranges::all_of(fraction, is_digit)) return std::nullopt;
  return parse_int(whole);
}

std::optional<Time> time_of(std::string_view value, Time now) {
  const std::optional<long long> number = whole_number(value);
  if (!number) return parse_http_date(value);
  if (*number >= kEpochMillisecondsMin)
    return Time(milliseconds(std::min(*number, 10 * kEpochMillisecondsMin)));
  if (*number >= kEpochSecondsMin) return Time(seconds(*number));
  return now + seconds(*number);
}

struct RateLimitField {
  bool is_used_up = false;
  std::optional<Time> anew;  // the latest of what is used up
};

// "limit=100, remaining=0, reset=50" of the older drafts, "default";r=0;t=50 of the later ones.
RateLimitField read_rate_limit(std::string_view field, Time now) {
  RateLimitField read;
  bool counts = false;  // the last quota that was named is used up
  for (const std::string_view item : split(field, ',')) {
    for (const std::string_view part : split(item, ';')) {
      const std::size_t equals = part.find('=');
      if (equals == part.npos) continue;
      const std::string_view name = trim(part.substr(0, equals)), value = part.substr(equals + 1);
      if (iequals(name, "r") || iequals(name, "remaining")) {
        counts = whole_number(value) == 0;
        read.is_used_up |= counts;
      } else if (counts && (iequals(name, "t") || iequals(name, "reset"))) {
        const std::optional<Time> anew = time_of(value, now);
        if (anew) read.anew = std::max(read.anew.value_or(*anew), *anew);
      }
    }
  }
  return read;
}

}  // namespace

bool quota_is_used_up(const HttpHeaders& headers) {
  for (const std::string_view name :
       {"X-RateLimit-Remaining", "RateLimit-Remaining", "X-Rate-Limit-Remaining"}) {
    if (whole_number(header(headers, name)) == 0) return true;
  }
  return read_rate_limit(header(headers, "RateLimit"), Time{}).is_used_up;
}

std::optional<Time> quota_begins_anew(const HttpHeaders& headers, Time now) {
  std::optional<Time> anew = read_rate_limit(header(headers, "RateLimit"), now).anew;
  for (const std::string_view name :
       {"X-RateLimit-Reset", "RateLimit-Reset", "X-Rate-Limit-Reset", "X-RateLimit-Reset-After"}) {
    if (!anew) anew = time_of(header(headers, name), now);
  }
  if (!anew || *anew <= now) return std::nullopt;
  return std::min<Time>(*anew, now + kMost);
}

}  // namespace tidings::fetch
