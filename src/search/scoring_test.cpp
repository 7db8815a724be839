#include "search/scoring.h"

#include <algorithm>
#include <array>
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

TEST(WantedWeight, AdmitsOfABlockWhatItAdmitsOneByOne) {
  std::mt19937 random(2);
  std::uniform_real_distribution<float> some_norm(0.3F, 6);
  std::array<std::uint32_t, kBlockSize> codes;
  std::array<float, kBlockSize> norms;
  std::array<std::int32_t, kBlockSize> admitted;
  for (const bool with_titles : {false, true}) {
    const Scoring scoring(100, with_titles);
    for (const float weight : {-1.0F, 0.2F, 0.5F, 0.9F, 1.5F}) {
      std::ranges::generate(codes, [&] { return random() % 300; });
      std::ranges::generate(norms, [&] { return some_norm(random); });
      const WantedWeight wanted(weight);
      wanted.admits(scoring, 5, 101, codes.data(), norms.data(), admitted.data());
      for (std::size_t i = 5; i < 101; ++i)
        ASSERT_EQ(admitted[i] != 0, wanted.admits(scoring.frequency(codes[i]), norms[i])) << i;
    }
  }
}

TEST(WantedWeight, AdmitsNothingWithoutANorm) {
  const std::array<std::uint32_t, kBlockSize> codes = {};
  std::array<float, kBlockSize> norms;
  norms.fill(std::numeric_limits<float>::quiet_NaN());
  std::array<std::int32_t, kBlockSize> admitted;
  WantedWeight(-1).admits(Scoring(100), 0, kBlockSize, codes.data(), norms.data(), admitted.data());
  EXPECT_EQ(std::ranges::count(admitted, 0), kBlockSize);
}

TEST(WantedWeight, AdmitsAllWhereNothingIsWanted) {
  EXPECT_TRUE(WantedWeight(0).admits(1, 60));
  EXPECT_TRUE(WantedWeight(-3).admits(1, 60));
  EXPECT_TRUE(WantedWeight(-std::numeric_limits<float>::infinity()).admits(1, 60));
  EXPECT_FALSE(WantedWeight(-std::numeric_limits<float>::infinity()).is_over(0));
}

}  // namespace
}  // namespace tidings::search
