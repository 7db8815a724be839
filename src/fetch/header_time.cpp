#include "fetch/header_time.h"

#include <algorithm>

#include "core/strings.h"

namespace tidings::fetch {
namespace {

using std::chrono::seconds;

constexpr seconds kRetryAfterMax = std::chrono::days(3);

}  // namespace

std::optional<seconds> delta_seconds(std::string_view text, seconds most) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  const auto value = parse_int(text);
  return value ? std::min(seconds(*value), most)
               : most;  // digits that do not fit are a very long time
}

std::optional<Time> retry_after(const HttpHeaders& headers, Time now) {
  const std::string_view value = header(headers, "Retry-After");
  if (const auto wait = delta_seconds(value, kRetryAfterMax)) return now + *wait;
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  return now + std::clamp<Duration>(*date - now, Duration(0), kRetryAfterMax);
}

}  // namespace tidings::fetch
