#include "fetch/refusal.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "core/strings.h"
#include "fetch/header_time.h"

namespace tidings::fetch {
namespace {

using std::chrono::seconds;

constexpr seconds kRateLimitUnstated{60};
constexpr seconds kChallengeUnstated = std::chrono::minutes(10);
constexpr std::size_t kBodyBytesRead = 16'384;

// What rate limiters write on the page that they send instead, lower-cased.
constexpr std::array<std::string_view, 9> kLimitedWords = {
    "too many requests",    "rate limit",
    "rate-limit",           "ratelimit",
    "error code: 1015",     "you are being rate limited",
    "request rate is high", "whoa there, pardner!",
    "quota exceeded"};
// And those who want to see a browser.
constexpr std::array<std::string_view, 8> kChallengeWords = {"cf-chl",
                                                             "challenge-platform",
                                                             "just a moment...",
                                                             "attention required! | cloudflare",
                                                             "blocked by network security",
                                                             "captcha-delivery.com",
                                                             "_incapsula_resource",
                                                             "sucuri website firewall"};

bool says_any(std::string_view body, std::span<const std::string_view> words) {
  const std::string text = to_lower(body.substr(0, kBodyBytesRead));
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return text.find(word) != text.npos; });
}

bool is_zero(std::string_view value) {
  return !value.empty() && std::ranges::all_of(value, [](char c) { return c == '0'; });
}

// "limit=100, remaining=0, reset=50" of the older drafts, "default";r=0;t=50 of the later ones
// (draft-ietf-httpapi-ratelimit-headers).
bool is_used_up(std::string_view rate_limit) {
  for (const std::string_view item : split(rate_limit, ',')) {
    for (const std::string_view part : split(item, ';')) {
      const std::string_view parameter = trim(part);
      for (const std::string_view name : {"r=", "remaining="}) {
        if (istarts_with(parameter, name) && is_zero(trim(parameter.substr(name.size()))))
          return true;
      }
    }
  }
  return false;
}

bool quota_is_used_up(const HttpHeaders& headers) {
  for (const std::string_view name :
       {"X-RateLimit-Remaining", "RateLimit-Remaining", "X-Rate-Limit-Remaining"}) {
    if (is_zero(header(headers, name))) return true;
  }
  return is_used_up(header(headers, "RateLimit"));
}

}  // namespace

Refusal refusal_of(const HttpResponse& response) {
  if (response.status == 429) return Refusal::RateLimited;
  if (response.status != 403 && response.status != 503) return Refusal::None;
  const HttpHeaders& headers = response.headers;
  if (iequals(header(headers, "cf-mitigated"), "challenge")) return Refusal::Challenged;
  if (quota_is_used_up(headers)) return Refusal::RateLimited;
  if (response.status == 503)
    return header(headers, "Retry-After").empty() ? Refusal::None : Refusal::Overloaded;
  if (!header(headers, "Retry-After").empty()) return Refusal::RateLimited;
  if (says_any(response.body, kLimitedWords)) return Refusal::RateLimited;
  if (says_any(response.body, kChallengeWords)) return Refusal::Challenged;
  return Refusal::None;
}

std::optional<Time> stay_away_until(const HttpResponse& response, Time now) {
  const std::optional<Time> asked = retry_after(response.headers, now);
  switch (refusal_of(response)) {
    case Refusal::None:
      return std::nullopt;
    case Refusal::RateLimited:
      return asked.value_or(now + kRateLimitUnstated);
    case Refusal::Challenged:
      return asked.value_or(now + kChallengeUnstated);
    case Refusal::Overloaded:
      return asked;
  }
  return std::nullopt;
}

}  // namespace tidings::fetch
