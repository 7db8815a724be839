// What a posting is worth: BM25's weights, and bounds of them that are cheap to compare.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "search/length_norm.h"
#include "search/postings_format.h"

namespace tidings::search {

constexpr std::array<float, 256> inverse_frequencies_of(bool with_titles) {
  std::array<float, 256> inverse = {};  // of many: 0
  for (std::uint32_t code = 0; code < kManyCode; ++code)
    inverse[code] =
        1 / (with_titles ? weighted_frequency(code) : static_cast<float>(frequency_of(code)));
  return inverse;
}
inline constexpr auto kInverse = inverse_frequencies_of(false);
inline constexpr auto kInverseWeighted = inverse_frequencies_of(true);

// How frequencies make a score.
struct Scoring {
  explicit Scoring(double mean_words, bool titles_count = true)
      : norms(mean_words),
        with_titles(titles_count),
        title_weight(titles_count ? kTitleWeight : 0),
        inverse_frequencies(titles_count ? kInverseWeighted : kInverse) {}

  float frequency(std::uint32_t code) const {
    return static_cast<float>(frequency_of(code)) + title_weight * static_cast<float>(code & 1);
  }
  // What the documents of a block weigh at most, by the mean length of their segment.
  float bound(Heaviest heaviest) const {
    if (heaviest.code == kManyCode) return 1;
    return term_weight(frequency(heaviest.code), norms[heaviest.length_code]);
  }
  // The bound is 1 / (1 + its lightness) but for rounding: cheaper to compare.
  float lightness(Heaviest heaviest) const {
    return norms[heaviest.length_code] * inverse_frequencies[heaviest.code];
  }

  LengthNorms norms;
  bool with_titles = true;  // words in titles count for more
  float title_weight = kTitleWeight;
  const std::array<float, 256>& inverse_frequencies;  // by code
};

// What a posting has to weigh to be looked at; rounded so that none is missed that does.
class WantedWeight {
 public:
  explicit WantedWeight(float weight) : weight_(weight - kRounding) {
    if (weight_ >= 1) {
      factor_ = 0;
    } else if (weight_ > 0) {
      factor_ = (1 - weight_) / weight_;
    }
  }
  bool is_over(float bound) const { return weight_ > bound; }
  // f / (f + norm) ≥ w where f · (1 − w) / w ≥ norm: without a division for each.
  bool admits(float frequency, float norm) const { return frequency * factor_ >= norm; }

 private:
  static constexpr float kRounding = 2e-6F;
  float weight_;
  float factor_ = std::numeric_limits<float>::infinity();
};

}  // namespace tidings::search
