#include "serve/negotiation.h"

#include <gtest/gtest.h>

#include <vector>

namespace tidings::serve {
namespace {

TEST(ChooseEncoding, FollowsTheWeightsAndPrefersTheSmaller) {
  struct Case {
    std::string given;
    Encoding expected;
  };
  const std::vector<Case> cases = {
      {"", Encoding::Identity},
      {"gzip", Encoding::Gzip},
      {"br", Encoding::Brotli},
      {"gzip, deflate, br, zstd", Encoding::Brotli},
      {"gzip;q=1.0, br;q=0.5", Encoding::Gzip},
      {"gzip;q=0.5,br;q=0.5", Encoding::Brotli},
      {"BR ; Q=0.9 , GZIP", Encoding::Gzip},
      {"br;q=0", Encoding::Identity},
      {"br;q=0.000, gzip;q=0.001", Encoding::Gzip},
      {"identity, gzip;q=0.5", Encoding::Identity},
      {"identity;q=0.5, gzip;q=0.5", Encoding::Gzip},
      {"identity;q=0", Encoding::Identity},
      {"*", Encoding::Brotli},
      {"*;q=0", Encoding::Identity},
      {"*, br;q=0", Encoding::Gzip},
      {"br;q=2", Encoding::Identity},
      {"br;q=0.1234567", Encoding::Identity},
      {"br;q=x", Encoding::Identity},
      {"br;q=", Encoding::Identity},
      {"deflate, zstd", Encoding::Identity},
      {",,,;;q=,", Encoding::Identity},
  };
  for (const auto& [given, expected] : cases) {
    EXPECT_EQ(choose_encoding(given), expected) << given;
  }
}

TEST(EtagMatches, ComparesWeaklyAndReadsLists) {
  const std::string etag = "\"abc\"";
  for (const char* list : {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", " \"abc\" ,\"y\"", "*"}) {
    EXPECT_TRUE(etag_matches(list, etag)) << list;
  }
  for (const char* list : {"", "\"abcd\"", "abc", "\"x\"", "\"abc-gzip\"", ","}) {
    EXPECT_FALSE(etag_matches(list, etag)) << list;
  }
}

}  // namespace
}  // namespace tidings::serve
