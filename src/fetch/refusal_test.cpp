#include "fetch/refusal.h"

#include <gtest/gtest.h>

namespace tidings::fetch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Time kNow = *parse_rfc3339("2026-11-23T18:30:00Z");

TEST(Refusal, IsToldFromAnAnswerAboutThePage) {
  struct Case {
    const char* why;
    int status;
    HttpHeaders headers;
    const char* body;
    Refusal expected;
    std::optional<Duration> stays_away;
  };
  const Case cases[] = {
      {"a page", 200, {{"Retry-After", "60"}}, "rate limit", Refusal::None, {}},
      {"too many", 429, {{"Retry-After", "120"}}, "", Refusal::RateLimited, seconds(120)},
      {"too many, unstated", 429, {}, "", Refusal::RateLimited, seconds(60)},
      {"a date of the past",
       429,
       {{"Retry-After", "Mon, 23 Nov 2026 18:00:00 GMT"}},
       "",
       Refusal::RateLimited,
       Duration(0)},
      {"absurd",
       429,
       {{"Retry-After", "99999999999999999999"}},
       "",
       Refusal::RateLimited,
       hours(72)},
      {"under repair", 503, {{"Retry-After", "600"}}, "", Refusal::Overloaded, minutes(10)},
      {"unavailable", 503, {}, "", Refusal::None, {}},
      {"when is unreadable", 503, {{"Retry-After", "later"}}, "", Refusal::Overloaded, {}},
      {"its own fault", 500, {{"Retry-After", "120"}}, "", Refusal::None, {}},
      {"a real no", 403, {}, "<h1>Forbidden</h1>", Refusal::None, {}},
      {"no, for members", 403, {{"Server", "cloudflare"}}, "members only", Refusal::None, {}},
      {"GitHub", 403, {{"x-ratelimit-remaining", "0"}}, "", Refusal::RateLimited, seconds(60)},
      {"quota left", 403, {{"X-RateLimit-Remaining", "10"}}, "", Refusal::None, {}},
      {"older draft",
       403,
       {{"RateLimit", "limit=9, remaining=0, reset=5"}},
       "",
       Refusal::RateLimited,
       seconds(5)},
      {"later draft",
       403,
       {{"RateLimit", "\"default\";r=0;t=50"}},
       "",
       Refusal::RateLimited,
       seconds(50)},
      {"later draft, several",
       429,
       {{"RateLimit", "\"hour\";r=9;t=3000, \"minute\";r=0;t=50"}},
       "",
       Refusal::RateLimited,
       seconds(50)},
      {"GitHub, until when",
       403,
       {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1795459500"}},
       "",
       Refusal::RateLimited,
       minutes(15)},
      {"milliseconds",
       429,
       {{"X-Rate-Limit-Reset", "1795459500000"}},
       "",
       Refusal::RateLimited,
       minutes(15)},
      {"Reddit, until when",
       403,
       {{"x-ratelimit-remaining", "0.0"}, {"x-ratelimit-reset", "345.0"}},
       "",
       Refusal::RateLimited,
       seconds(345)},
      {"a date",
       429,
       {{"RateLimit-Reset", "Mon, 23 Nov 2026 19:00:00 GMT"}},
       "",
       Refusal::RateLimited,
       minutes(30)},
      {"Retry-After counts first",
       429,
       {{"X-RateLimit-Reset", "3000"}, {"Retry-After", "30"}},
       "",
       Refusal::RateLimited,
       seconds(30)},
      {"a quota of the past",
       429,
       {{"X-RateLimit-Reset", "1795458000"}},
       "",
       Refusal::RateLimited,
       seconds(60)},
      {"an absurd quota",
       429,
       {{"X-RateLimit-Reset", "99999999999999999"}},
       "",
       Refusal::RateLimited,
       hours(72)},
      {"no quota that can be read",
       429,
       {{"X-RateLimit-Reset", "-1.x"}},
       "",
       Refusal::RateLimited,
       seconds(60)},
      {"enhance your calm", 420, {}, "", Refusal::RateLimited, seconds(60)},
      {"a page with a quota's end", 200, {{"X-RateLimit-Reset", "900"}}, "", Refusal::None, {}},
      {"later draft, room", 403, {{"RateLimit", "\"default\";r=50;t=30"}}, "", Refusal::None, {}},
      {"says when", 403, {{"Retry-After", "300"}}, "", Refusal::RateLimited, seconds(300)},
      {"Reddit", 403, {}, "<h1>whoa there, pardner!</h1>", Refusal::RateLimited, seconds(60)},
      {"Cloudflare 1015", 403, {}, "error code: 1015", Refusal::RateLimited, seconds(60)},
      {"Cloudflare's gate",
       403,
       {{"cf-mitigated", "challenge"}},
       "",
       Refusal::Challenged,
       minutes(10)},
      {"its page",
       503,
       {{"CF-Mitigated", "challenge"}},
       "Just a moment...",
       Refusal::Challenged,
       minutes(10)},
  };
  for (const Case& c : cases) {
    const HttpResponse response{.status = c.status, .headers = c.headers, .body = c.body};
    EXPECT_EQ(refusal_of(response), c.expected) << c.why;
    const std::optional<Time> until = stay_away_until(response, kNow);
    EXPECT_EQ(until.has_value(), c.stays_away.has_value()) << c.why;
    if (until && c.stays_away) {
      EXPECT_EQ(*until - kNow, *c.stays_away) << c.why;
    }
  }
}

TEST(Refusal, AGoodAnswerMayBeTheLastThatAQuotaAllows) {
  const HttpHeaders last = {{"x-ratelimit-remaining", "0.0"}, {"x-ratelimit-reset", "90"}};
  EXPECT_EQ(rests_until({.status = 200, .headers = last}, kNow), kNow + seconds(90));
  EXPECT_EQ(rests_until({.status = 304, .headers = last}, kNow), kNow + seconds(90));
  EXPECT_EQ(rests_until({.status = 403, .headers = last}, kNow), std::nullopt) << "a refusal";
  EXPECT_EQ(rests_until({.status = 200, .headers = {last[0]}}, kNow), std::nullopt)
      << "until when?";
  EXPECT_EQ(rests_until({.status = 200, .headers = {last[1]}}, kNow), std::nullopt) << "some left";
}

}  // namespace
}  // namespace tidings::fetch
