// What the trained layers of sentiment see: sums over the lexicon's words, and hashed words.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyze/sentiment_tokens.h"
#include "model/analysis.h"

namespace tidings::analyze {

// A word, or words, that the layers have a weight for; hashed, so that no list of them is kept.
struct HashedFeature {
  std::uint32_t hash = 0;
  float value = 0;
  std::uint32_t token = 0;  // to which token it belongs
};

// Of valences, for a passage of about 30 words; by the lexicon's two opinions.
struct ToneSums {
  float positive = 0, negative = 0;
  float second_positive = 0, second_negative = 0;
};

// Each in about (-1, 1).
enum ToneDense : std::size_t {
  kBias,
  kTotal,  // of the first opinion; of the second; and each by its sign
  kSecondTotal,
  kPositive,
  kNegative,
  kSecondPositive,
  kSecondNegative,
  kDensity,  // the total by the root of the words
  kExclaimed,
  kAsked,
  kLast,     // the last valence: what a text ends with stays in mind
  kCounted,  // words of either sign, whatever their strength, by the root of the words
  kToneDense
};
struct ToneFeatures {
  std::array<float, kToneDense> dense{};
  std::vector<HashedFeature> hashed;
  ToneSums sums;
  float share = 1;  // what one word of the text is to such a passage
  float root = 1;   // 1 / √words of the passage
};

// Those of the tokens [begin, end). Without `with_hashed` only sums, as for languages whose words
// no weights were trained for.
ToneFeatures tone_features(const ToneTokens& all, std::size_t begin, std::size_t end,
                           bool with_hashed);

// What one token's valence adds through the dense features: those of all tokens add up to about
// what the dense features add up to.
float tone_points(const ToneFeatures& features, std::span<const float, kToneDense> weights,
                  const ToneToken& token);

// Two words, or a word and its role, as one hash.
std::uint32_t mixed_hash(std::uint32_t a, std::uint32_t b);

// A sum of valences in (-1, 1): VADER's normalization, alpha 15.
float compound(float sum);

constexpr std::size_t kTargetDense = 24;
struct TargetFeatures {
  std::array<float, kTargetDense> dense{};
  std::vector<HashedFeature> hashed;
};

// Of the sentence around the tokens that `target` covers; absent where it covers none.
std::optional<TargetFeatures> target_features(const ToneTokens& all, TextSpan target,
                                              bool with_hashed);

}  // namespace tidings::analyze
