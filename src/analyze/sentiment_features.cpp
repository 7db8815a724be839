#include "analyze/sentiment_features.h"

#include <algorithm>
#include <cmath>

namespace tidings::analyze {
namespace {

constexpr float kPassageWords = 30;
constexpr float kCompoundSoftness = 15;  // VADER's alpha
constexpr float kExclamationPoints = 0.292F;
constexpr float kExclamationsMax = 4;

// Of a text of this length a hashed word counts 1; of longer ones less, of shorter ones more.
constexpr float kUsualWords = 12;
constexpr float kWordsMin = 4, kWordsMax = 40;
constexpr float kPairValue = 0.5F;

// What keeps features of different kinds apart.
enum Salt : std::uint32_t { Unigram = 1, Stem, Negated = 4, NegatedStem, Pair };

float secant(float sum) {
  return 1 / std::sqrt(sum * sum + kCompoundSoftness);
}

struct Gathered {
  ToneSums sums;
  float positive_words = 0, negative_words = 0, words = 0;
  float last = 0;  // the valence of the last word that has one
  float exclamation_marks = 0;
  bool has_question = false;
};

void add_valence(float valence, float& positive, float& negative) {
  (valence > 0 ? positive : negative) += valence;
}

Gathered gathered(std::span<const ToneToken> tokens) {
  Gathered all;
  for (const ToneToken& token : tokens) {
    // A word that is quoted is as long as others, though it counts less.
    all.words += token.is_symbol ? 0 : std::max(token.weight, 1.0F);
    all.exclamation_marks += token.exclamation_marks;
    all.has_question |= token.question_marks > 0;
    if (token.valence == 0 && token.second == 0) continue;
    add_valence(token.valence * token.weight, all.sums.positive, all.sums.negative);
    add_valence(token.second * token.weight, all.sums.second_positive, all.sums.second_negative);
    (token.valence > 0 ? all.positive_words : all.negative_words) += token.weight;
    all.last = token.valence;
  }
  return all;
}

void add_hashed(std::span<const ToneToken> tokens, std::size_t begin, float share,
                std::vector<HashedFeature>& features) {
  const float words = std::clamp(static_cast<float>(tokens.size()), kWordsMin, kWordsMax);
  const float value = share / std::sqrt(words / kUsualWords);
  features.reserve(tokens.size() * 3);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const ToneToken& token = tokens[i];
    if (token.is_settled) continue;
    const auto number = static_cast<std::uint32_t>(begin + i);
    const float weighted = value * token.weight;
    features.push_back(
        {mixed_hash(token.key, token.is_negated ? Negated : Unigram), weighted, number});
    if (token.is_symbol) continue;
    features.push_back(
        {mixed_hash(token.stem, token.is_negated ? NegatedStem : Stem), weighted, number});
    if (i == 0 || tokens[i - 1].sentence != token.sentence) continue;
    features.push_back(
        {mixed_hash(tokens[i - 1].key, token.key) + Pair, weighted * kPairValue, number});
  }
}

}  // namespace

std::uint32_t mixed_hash(std::uint32_t a, std::uint32_t b) {
  // The multiplications of splitmix64 (Steele, Lea & Flood 2014).
  std::uint64_t product = (static_cast<std::uint64_t>(a) << 32 | b) * 0x9e3779b97f4a7c15ULL;
  product ^= product >> 29;
  return static_cast<std::uint32_t>((product * 0xbf58476d1ce4e5b9ULL) >> 32);
}

float compound(float sum) {
  return sum * secant(sum);
}

ToneFeatures tone_features(const ToneTokens& all, std::size_t begin, std::size_t end,
                           bool with_hashed) {
  const std::span<const ToneToken> tokens = std::span(all.tokens).subspan(begin, end - begin);
  const Gathered found = gathered(tokens);
  ToneFeatures features;
  const float share = features.share = kPassageWords / std::max(found.words, kPassageWords);
  features.sums = {found.sums.positive * share, found.sums.negative * share,
                   found.sums.second_positive * share, found.sums.second_negative * share};
  const ToneSums& sums = features.sums;
  const float sum = sums.positive + sums.negative;
  const float exclaimed =
      std::min(found.exclamation_marks * share, kExclamationsMax) * kExclamationPoints;
  const float emphasis = sum == 0 ? 0 : std::copysign(exclaimed, sum);
  const float root = features.root =
      1 / std::sqrt(std::clamp(found.words, kWordsMin, kPassageWords));
  auto& dense = features.dense;
  dense[kBias] = 1;
  dense[kTotal] = compound(sum + emphasis);
  dense[kSecondTotal] = compound(sums.second_positive + sums.second_negative);
  dense[kPositive] = compound(sums.positive);
  dense[kNegative] = compound(sums.negative);
  dense[kSecondPositive] = compound(sums.second_positive);
  dense[kSecondNegative] = compound(sums.second_negative);
  dense[kDensity] = sum * root;
  dense[kExclaimed] = exclaimed;
  dense[kAsked] = found.has_question ? share : 0;
  dense[kLast] = compound(found.last);
  dense[kCounted] = (found.positive_words - found.negative_words) * share * root;
  if (with_hashed) add_hashed(tokens, begin, share, features.hashed);
  return features;
}

float tone_points(const ToneFeatures& features, std::span<const float, kToneDense> weights,
                  const ToneToken& token) {
  const ToneSums& sums = features.sums;
  const bool is_positive = token.valence > 0, is_second_positive = token.second > 0;
  const float first = weights[kTotal] * secant(sums.positive + sums.negative) +
                      (is_positive ? weights[kPositive] * secant(sums.positive)
                                   : weights[kNegative] * secant(sums.negative)) +
                      weights[kDensity] * features.root;
  const float second =
      weights[kSecondTotal] * secant(sums.second_positive + sums.second_negative) +
      (is_second_positive ? weights[kSecondPositive] * secant(sums.second_positive)
                          : weights[kSecondNegative] * secant(sums.second_negative));
  const float counted = (is_positive ? 1.0F : -1.0F) * weights[kCounted] * features.root;
  return (first * token.valence + second * token.second + counted) * token.weight * features.share;
}

}  // namespace tidings::analyze
