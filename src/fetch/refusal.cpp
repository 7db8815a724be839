#include "fetch/refusal.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "core/strings.h"
#include "fetch/header_time.h"
#include "fetch/quota.h"

namespace tidings::fetch {
namespace {

using std::chrono::seconds;

constexpr seconds kRateLimitUnstated{60};
constexpr seconds kChallengeUnstated = std::chrono::minutes(10);
constexpr int kEnhanceYourCalm = 420;  // never registered, and sent instead of 429
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

}  // namespace

Refusal refusal_of(const HttpResponse& response) {
  if (response.status == 429 || response.status == kEnhanceYourCalm) return Refusal::RateLimited;
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

std::optional<Time> comes_back_at(const HttpResponse& response, Time now) {
  const std::optional<Time> asked = retry_after(response.headers, now);
  if (asked || refusal_of(response) != Refusal::RateLimited) return asked;
  return quota_begins_anew(response.headers, now);
}

std::optional<Time> stay_away_until(const HttpResponse& response, Time now) {
  const std::optional<Time> asked = comes_back_at(response, now);
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

std::optional<Time> rests_until(const HttpResponse& response, Time now) {
  if (response.status >= 400 || !quota_is_used_up(response.headers)) return std::nullopt;
  return quota_begins_anew(response.headers, now);
}

}  // namespace tidings::fetch
