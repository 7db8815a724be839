#include "model/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AccessTest : public testing::Test {
 protected:
  static SourceAccess sample() {
    SourceAccess access;
    access.origin = "https://a.example";
    access.set_header("Authorization", basic_credentials("Aladdin", "open sesame"));
    access.set_header("X-Api-Key", "hunter2: really");
    access.user_agent = "Tidings for A";
    access.proxy = "http://me:swordfish@proxy.example:3128";
    return access;
  }
  std::string keys_ = std::string(64, 'a');
  Sealer sealer_{[this](KeyUse) { return parse_keyring(keys_); }};
};

TEST_F(AccessTest, OpensAsItWasSealed) {
  const std::string stored = *seal_access(sample(), SourceId(7), sealer_);
  const auto opened = open_access(stored, SourceId(7), sealer_);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(*opened, sample());
  EXPECT_EQ(opened->headers[0].second, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  EXPECT_FALSE(open_access(stored, SourceId(8), sealer_)) << "it is this source's alone";
  EXPECT_EQ(*seal_access({}, SourceId(7), sealer_), "");
  EXPECT_TRUE(open_access("", SourceId(7), sealer_)->empty());
}

TEST_F(AccessTest, ShowsNamesOnly) {
  const std::string stored = *seal_access(sample(), SourceId(7), sealer_);
  for (const char* secret : {"hunter2", "QWxhZGRpbj", "swordfish", "proxy.example"})
    EXPECT_THAT(stored, Not(HasSubstr(secret)));
  const AccessSummary summary = access_summary(stored);
  EXPECT_THAT(summary.headers, ElementsAre("Authorization", "X-Api-Key"));
  EXPECT_EQ(summary.user_agent, "Tidings for A");
  EXPECT_TRUE(summary.has_proxy);
  EXPECT_THAT(access_summary("").headers, IsEmpty());
}

TEST_F(AccessTest, IsSealedAnewByANewKeyOnly) {
  const std::string stored = *seal_access(sample(), SourceId(7), sealer_);
  EXPECT_EQ(*reseal_access(stored, SourceId(7), sealer_), stored);
  keys_ = std::string(64, 'b') + "," + keys_;
  const std::string resealed = *reseal_access(stored, SourceId(7), sealer_);
  EXPECT_NE(resealed, stored);
  EXPECT_EQ(*open_access(resealed, SourceId(7), sealer_), sample());
}

TEST_F(AccessTest, HeadersAreReplacedWithoutCase) {
  SourceAccess access = sample();
  access.set_header("x-api-key", "other");
  access.set_header("AUTHORIZATION", "");
  ASSERT_EQ(access.headers.size(), 1u);
  EXPECT_EQ(access.headers[0].second, "other");
}

TEST(CheckAccessHeader, RefusesWithTheReason) {
  const struct {
    std::string_view name, value, reason;
  } cases[] = {
      {"Host", "a", "belongs to the connection"},
      {"content-length", "1", "belongs to the connection"},
      {"Connection", "close", "belongs to the connection"},
      {"TRANSFER-ENCODING", "chunked", "belongs to the connection"},
      {"Proxy-Authorization", "x", "belongs to the connection"},
      {"If-None-Match", "x", "decided on at each fetch"},
      {"if-modified-since", "x", "decided on at each fetch"},
      {"Accept-Encoding", "x", "decided on at each fetch"},
      {"User-Agent", "x", "--user-agent"},
      {"X-Key", "a\r\nHost: b", "control characters"},
      {"X-Key", std::string_view("a\0b", 3), "control characters"},
      {"X Key", "a", "no name that can be sent"},
      {"X-Key\n", "a", "no name that can be sent"},
      {"", "a", "no name that can be sent"},
      {"Ä", "a", "no name that can be sent"},
  };
  for (const auto& c : cases) {
    const auto checked = check_access_header(c.name, c.value);
    ASSERT_FALSE(checked) << c.name;
    EXPECT_THAT(checked.error().message, HasSubstr(c.reason)) << c.name;
  }
  for (const char* name : {"Authorization", "Cookie", "X-Api-Key", "Accept", "Accept-Language"})
    EXPECT_TRUE(check_access_header(name, "value")) << name;
}

TEST(CheckProxy, TakesThreeKindsAndShowsNoPassword) {
  for (const char* good : {"http://proxy.example:3128", "https://me:pass@proxy.example",
                           "socks5h://[::1]:1080", "http://10.0.0.1:8080/"})
    EXPECT_TRUE(check_proxy(good)) << good;
  for (const char* bad : {"", "proxy.example:3128", "ftp://a", "socks5://a:1", "http://",
                          "http://me:hunter2@a/path", "http://a?hunter2", "http://a:99999"}) {
    const auto checked = check_proxy(bad);
    ASSERT_FALSE(checked) << bad;
    EXPECT_THAT(checked.error().message, Not(HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace tidings
