// What a posting is worth: BM25's weights, and bounds of them that are cheap to compare.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "search/length_norm.h"
#include "search/postings_format.h"

namespace tidings::search {

// How frequencies make a score.
struct Scoring {
  explicit Scoring(double mean_words, bool titles_count = true)
      : norms(mean_words),
        with_titles(titles_count),
        title_weight(titles_count ? kTitleWeight : 0) {}

  float frequency(std::uint32_t code) const {
    return static_cast<float>(frequency_of(code)) + title_weight * static_cast<float>(code & 1);
  }
  // What the documents of a block weigh at most, by the mean length of their segment.
  float bound(Heaviest heaviest) const {
    if (heaviest.code == kManyCode) return 1;
    return term_weight(frequency(heaviest.code), norms[heaviest.length_code]);
  }
  LengthNorms norms;
  bool with_titles = true;  // words in titles count for more
  float title_weight = kTitleWeight;
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

  // The same of postings of a block from one to before another, and of those in their fours: −1
  // where it is so, else 0. A norm that is not a number is of nothing.
  void admits(const Scoring& scoring, std::size_t begin, std::size_t end,
              const std::uint32_t* codes, const float* norms, std::int32_t* admitted) const {
    using Ints [[gnu::vector_size(16)]] = std::int32_t;
    using Floats [[gnu::vector_size(16)]] = float;
    for (std::size_t at = begin / 4 * 4; at < end; at += 4) {
      Ints code;
      Floats norm;
      std::memcpy(&code, codes + at, sizeof code);
      std::memcpy(&norm, norms + at, sizeof norm);
      const Floats frequency = __builtin_convertvector((code >> 1) + 1, Floats) +
                               scoring.title_weight * __builtin_convertvector(code & 1, Floats);
      const Ints is_admitted = frequency * factor_ >= norm;
      std::memcpy(admitted + at, &is_admitted, sizeof is_admitted);
    }
  }

 private:
  static constexpr float kRounding = 2e-6F;
  float weight_;
  float factor_ = std::numeric_limits<float>::infinity();
};

}  // namespace tidings::search
