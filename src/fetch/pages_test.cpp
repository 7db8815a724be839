#include "fetch/pages.h"

#include <gtest/gtest.h>

namespace tidings::fetch {
namespace {

const HttpHeaders kQuotaGone = {{"X-RateLimit-Remaining", "0"}};

TEST(Pages, AnAnswerWithoutRobotsTxtForbidsNothingAndNoAnswerEverything) {
  struct Case {
    const char* why;
    Result<HttpResponse> response;
    bool allows, is_unreachable;
  };
  const Case cases[] = {
      {"a file", HttpResponse{.status = 200, .body = "User-agent: *\nDisallow: /a"}, false, false},
      {"no file", HttpResponse{.status = 404}, true, false},
      {"a real no", HttpResponse{.status = 403}, true, false},
      {"its server is ill", HttpResponse{.status = 503}, false, true},
      {"too often", HttpResponse{.status = 429}, false, true},
      {"too often, as GitHub says it", HttpResponse{.status = 403, .headers = kQuotaGone}, false,
       true},
      {"a gate", HttpResponse{.status = 403, .headers = {{"cf-mitigated", "challenge"}}}, false,
       true},
      {"nobody there", unavailable("connection refused"), false, true},
  };
  for (const Case& c : cases) {
    const RobotsAnswer answer = read_robots(c.response, "Tidings");
    EXPECT_EQ(answer.rules.allows("/a"), c.allows) << c.why;
    EXPECT_EQ(answer.is_unreachable, c.is_unreachable) << c.why;
  }
}

TEST(Pages, ALimiterIsAskedLaterAndARefusalNeverAgain) {
  EXPECT_EQ(judge_page(HttpResponse{.status = 200, .body = "x"}), PageVerdict::Page);
  EXPECT_EQ(judge_page(HttpResponse{.status = 200}), PageVerdict::Never);
  EXPECT_EQ(judge_page(HttpResponse{.status = 403}), PageVerdict::Never);
  EXPECT_EQ(judge_page(HttpResponse{.status = 404}), PageVerdict::Never);
  EXPECT_EQ(judge_page(HttpResponse{.status = 429}), PageVerdict::Later);
  EXPECT_EQ(judge_page(HttpResponse{.status = 500}), PageVerdict::Later);
  EXPECT_EQ(judge_page(HttpResponse{.status = 403, .headers = {{"Retry-After", "9"}}}),
            PageVerdict::Later);
  EXPECT_EQ(judge_page(HttpResponse{.status = 403, .headers = kQuotaGone}), PageVerdict::Later);
  EXPECT_EQ(judge_page(unavailable("timed out")), PageVerdict::Later);
  EXPECT_EQ(judge_page(invalid_input("no such scheme")), PageVerdict::Never);
}

}  // namespace
}  // namespace tidings::fetch
