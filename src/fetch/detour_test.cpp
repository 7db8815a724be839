#include "fetch/detour.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tidings::fetch {
namespace {

TEST(Detour, LeadsFromDomainToDomain) {
  const HttpRequest first{.url = "https://a.example/feed"};
  const auto leg = [](std::string redirect, std::string permanent, int redirects) {
    return HttpResponse{.permanent_url = std::move(permanent),
                        .redirect_url = std::move(redirect),
                        .redirects = redirects,
                        .elapsed = std::chrono::seconds(redirects)};
  };
  const std::string b = "https://b.example/", c = "https://c.example/", d = "https://d.example/";
  const struct {
    const char* why;
    std::vector<HttpResponse> legs;
    std::string permanent_url;
  } cases[] = {{"no redirect", {leg("", "", 0)}, ""},
               {"moved inside", {leg("", d, 1)}, d},
               {"moved", {leg(b, b, 1), leg("", "", 1)}, b},
               {"moved twice", {leg(b, b, 1), leg(c, c, 2), leg("", "", 2)}, c},
               {"moved on inside", {leg(b, b, 1), leg("", d, 2)}, d},
               {"moved, then elsewhere", {leg(b, b, 1), leg(c, "", 2), leg("", "", 2)}, b},
               {"elsewhere, where it moved", {leg(b, "", 1), leg("", d, 2)}, ""},
               {"moved inside, then elsewhere, where it moved", {leg(b, d, 2), leg("", c, 3)}, d}};
  for (const auto& one : cases) {
    SCOPED_TRACE(one.why);
    Detour detour;
    std::string permanent_url;
    for (HttpResponse response : one.legs) {
      const HttpRequest request = leg_of(first, detour);
      EXPECT_EQ(request.url, detour.url.empty() ? first.url : detour.url);
      EXPECT_TRUE(request.stays_in_domain);
      EXPECT_EQ(request.elapsed_before, std::chrono::seconds(request.redirects_before));
      const std::string redirect = response.redirect_url;
      const std::optional<Detour> next = next_detour(detour, response);
      ASSERT_EQ(next.has_value(), !redirect.empty());
      permanent_url = response.permanent_url;
      if (!next) continue;
      EXPECT_EQ(next->url, redirect);
      EXPECT_EQ(next->redirects, response.redirects);
      detour = *next;
    }
    EXPECT_EQ(permanent_url, one.permanent_url);
  }
}

TEST(Detour, CredentialsStayInTheFirstDomain) {
  const HttpRequest first{.url = "https://a.example/feed",
                          .headers = {{"Accept", "*/*"}, {"authorization", "Basic eA=="}}};
  EXPECT_EQ(leg_of(first, {}).headers.size(), 2u);
  EXPECT_EQ(leg_of(first, {.url = "https://b.example/feed"}).headers.size(), 1u);
}

}  // namespace
}  // namespace tidings::fetch
