// How long an article is, in one byte, and what that does to a score: BM25 (Robertson and Zaragoza,
// "The Probabilistic Relevance Framework", 2009).
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace tidings::search {

inline constexpr float kBm25K1 = 1.2F, kBm25B = 0.75F;

// Lengths up to 39 as they are, then with four significant bits, rounded down.
constexpr std::uint8_t length_code(std::uint32_t words) {
  constexpr std::uint32_t kExact = 24;
  if (words < kExact) return static_cast<std::uint8_t>(words);
  const std::uint32_t rest = words - kExact;
  const int shift = std::max(static_cast<int>(std::bit_width(rest)) - 4, -1);
  if (rest < 8) return static_cast<std::uint8_t>(kExact + rest);
  return static_cast<std::uint8_t>(kExact + ((static_cast<std::uint32_t>(shift) + 1) << 3) +
                                   ((rest >> shift) & 7));
}

constexpr std::uint32_t length_of(std::uint8_t code) {
  constexpr std::uint32_t kExact = 24;
  if (code < kExact + 8) return code;
  const std::uint32_t rest = code - kExact, shift = (rest >> 3) - 1;
  return kExact + (((rest & 7) | 8) << shift);
}

// The k1 · (1 − b + b · length / mean) of the formula, by length code.
class LengthNorms {
 public:
  explicit LengthNorms(double mean_words) {
    for (std::uint32_t code = 0; code < norms_.size(); ++code) {
      const auto length = static_cast<float>(length_of(static_cast<std::uint8_t>(code)));
      norms_[code] =
          kBm25K1 * (1 - kBm25B + kBm25B * length / static_cast<float>(std::max(mean_words, 1.0)));
    }
  }
  float operator[](std::uint8_t code) const { return norms_[code]; }

 private:
  std::array<float, 256> norms_;
};

// The part of a score that depends on the article: [0, 1).
inline float term_weight(float frequency, float norm) {
  return frequency / (frequency + norm);
}

}  // namespace tidings::search
