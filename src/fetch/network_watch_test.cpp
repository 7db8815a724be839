#include "fetch/network_watch.h"

#include <gtest/gtest.h>

namespace tidings::fetch {
namespace {

using std::chrono::seconds;
using Verdict = NetworkWatch::Verdict;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

TEST(NetworkWatch, BlamesAPublisherWhileOthersAnswer) {
  NetworkWatch watch;
  watch.answered(kNow);
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(watch.failed(std::to_string(i) + ".example", kNow + seconds(9)), Verdict::Publisher);
  EXPECT_FALSE(watch.is_away());
}

TEST(NetworkWatch, BlamesTheNetworkWhenNobodyAnswers) {
  NetworkWatch watch;
  watch.answered(kNow);
  const Time later = kNow + seconds(60);
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(watch.failed(std::to_string(i) + ".example", later), Verdict::Unclear);
  EXPECT_EQ(watch.failed("0.example", later), Verdict::Unclear) << "one publisher counts once";
  EXPECT_EQ(watch.failed("5.example", later), Verdict::Network);
  EXPECT_EQ(watch.failed("0.example", later + seconds(600)), Verdict::Network);
  EXPECT_TRUE(watch.answered(later + seconds(601)));
  EXPECT_FALSE(watch.answered(later + seconds(602)));
  EXPECT_EQ(watch.failed("0.example", later + seconds(603)), Verdict::Publisher);
}

TEST(NetworkWatch, OnlyWhatNeverReachedAPublisherMayBeTheNetworks) {
  EXPECT_TRUE(may_be_our_network("dns_failed"));
  EXPECT_TRUE(may_be_our_network("connect_failed"));
  EXPECT_FALSE(may_be_our_network("tls_failed"));
  EXPECT_FALSE(may_be_our_network("http_503"));
  EXPECT_FALSE(may_be_our_network(""));
}

}  // namespace
}  // namespace tidings::fetch
