#include "search/scoring.h"

#include <random>

#include <gtest/gtest.h>

namespace tidings::search {
namespace {

TEST(WantedWeight, AdmitsWhateverWeighsSoMuch) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> norms(0.3F, 60), nearby(-1e-6F, 0);
  for (int i = 0; i < 100'000; ++i) {
    const auto frequency = static_cast<float>(1 + random() % 300);
    const float norm = norms(random);
    const float weight = term_weight(frequency, norm);
    EXPECT_TRUE(WantedWeight(weight).admits(frequency, norm)) << frequency << " " << norm;
    EXPECT_TRUE(WantedWeight(weight + nearby(random)).admits(frequency, norm));
    EXPECT_FALSE(WantedWeight(weight).is_over(weight));
  }
}

TEST(WantedWeight, RefusesWhatWeighsClearlyLess) {
  EXPECT_FALSE(WantedWeight(0.51F).admits(1, 1));
  EXPECT_FALSE(WantedWeight(0.9F).admits(3, 1));
  EXPECT_FALSE(WantedWeight(1.1F).admits(1'000'000, 0.3F)) << "nothing weighs so much";
  EXPECT_TRUE(WantedWeight(0.51F).is_over(0.5F));
}

TEST(WantedWeight, AdmitsAllWhereNothingIsWanted) {
  EXPECT_TRUE(WantedWeight(0).admits(1, 60));
  EXPECT_TRUE(WantedWeight(-3).admits(1, 60));
  EXPECT_TRUE(WantedWeight(-std::numeric_limits<float>::infinity()).admits(1, 60));
  EXPECT_FALSE(WantedWeight(-std::numeric_limits<float>::infinity()).is_over(0));
}

}  // namespace
}  // namespace tidings::search
