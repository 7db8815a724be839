#include "analyze/sentiment_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "analyze/sentiment_model_bytes.h"
#include "core/check.h"

namespace tidings::analyze {
namespace {

static_assert(std::endian::native == std::endian::little, "the model is little-endian");

constexpr std::string_view kMagic = "TSNT0001";
constexpr std::size_t kBuckets = std::size_t{1} << kSentimentBits;
constexpr std::size_t kBytes =
    kMagic.size() + sizeof(SentimentWeights) + kBuckets * (1 + kTargetClasses);

bool is_finite(const SentimentWeights& weights) {
  std::array<float, sizeof(SentimentWeights) / sizeof(float)> values{};
  std::memcpy(values.data(), &weights, sizeof weights);
  return std::all_of(values.begin(), values.end(),
                     [](float value) { return std::isfinite(value); });
}

}  // namespace

std::array<float, kTargetClasses> probabilities(std::array<float, kTargetClasses> scores) {
  const float highest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& score : scores) sum += score = std::exp(score - highest);
  for (float& score : scores) score /= sum;
  return scores;
}

Result<SentimentModel> SentimentModel::open(std::string_view bytes) {
  const auto refused = [](const char* why) {
    return corrupt(std::string("sentiment model: ") + why + "; run script/train sentiment");
  };
  if (!bytes.starts_with(kMagic)) return refused("not a model of this version");
  if (bytes.size() != kBytes) return refused("cut short");
  SentimentModel opened;
  std::memcpy(&opened.weights_, bytes.data() + kMagic.size(), sizeof(SentimentWeights));
  if (!is_finite(opened.weights_)) return refused("weights that are no numbers");
  const char* hashed = bytes.data() + kMagic.size() + sizeof(SentimentWeights);
  opened.tone_ = reinterpret_cast<const std::int8_t*>(hashed);
  opened.target_ =
      reinterpret_cast<const std::array<std::int8_t, kTargetClasses>*>(hashed + kBuckets);
  return opened;
}

const SentimentModel& SentimentModel::shipped() {
  static const SentimentModel model = [] {
    Result<SentimentModel> opened = open(models::sentiment_bin());
    CHECK(opened);
    return *opened;
  }();
  return model;
}

float SentimentModel::tone(const ToneFeatures& features, bool is_trained_language) const {
  const auto& dense = is_trained_language ? weights_.tone : weights_.plain_tone;
  float sum = 0;
  for (std::size_t i = 0; i < kToneDense; ++i) sum += dense[i] * features.dense[i];
  for (const HashedFeature& feature : features.hashed)
    sum += tone_weight(feature.hash) * feature.value;
  return std::tanh(sum);
}

std::array<float, kTargetClasses> SentimentModel::target(const TargetFeatures& features,
                                                         bool is_trained_language) const {
  const auto& dense = is_trained_language ? weights_.target : weights_.plain_target;
  std::array<float, kTargetClasses> scores{};
  for (const HashedFeature& feature : features.hashed) {
    const auto& weights = target_[sentiment_bucket(feature.hash)];
    for (std::size_t c = 0; c < kTargetClasses; ++c)
      scores[c] += static_cast<float>(weights[c]) * feature.value;
  }
  for (float& score : scores) score *= weights_.target_step;
  for (std::size_t i = 0; i < kTargetDense; ++i)
    for (std::size_t c = 0; c < kTargetClasses; ++c) scores[c] += dense[i][c] * features.dense[i];
  return probabilities(scores);
}

std::string sentiment_model_bytes(const SentimentWeights& weights,
                                  std::span<const std::int8_t> tone,
                                  std::span<const std::array<std::int8_t, kTargetClasses>> target) {
  CHECK(tone.size() == kBuckets && target.size() == kBuckets);
  std::string bytes(kMagic);
  bytes.append(reinterpret_cast<const char*>(&weights), sizeof weights);
  bytes.append(reinterpret_cast<const char*>(tone.data()), tone.size_bytes());
  bytes.append(reinterpret_cast<const char*>(target.data()), target.size_bytes());
  return bytes;
}

}  // namespace tidings::analyze
