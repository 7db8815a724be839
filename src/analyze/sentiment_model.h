// The trained layers of sentiment, written by training/sentiment and read in place.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/sentiment_features.h"
#include "core/result.h"

namespace tidings::analyze {

constexpr std::string_view kTrainedLanguage = "en";  // whose words have trained weights
constexpr std::uint32_t kSentimentBits = 17;         // 2^17 hashed weights a layer
constexpr std::size_t kTargetClasses = 3;            // negative, neutral, positive

// A layer with weights of hashed words, for English, and one of sums alone, for every language.
struct SentimentWeights {
  std::array<float, kToneDense> tone{};
  std::array<float, kToneDense> plain_tone{};
  std::array<std::array<float, kTargetClasses>, kTargetDense> target{};
  std::array<std::array<float, kTargetClasses>, kTargetDense> plain_target{};
  float tone_step = 0;  // what a hashed weight of 1 is worth
  float target_step = 0;
};

// Where a hashed feature's weight lies.
inline std::uint32_t sentiment_bucket(std::uint32_t hash) {
  return hash >> (32 - kSentimentBits);
}

// The softmax: positive, with a sum of 1.
std::array<float, kTargetClasses> probabilities(std::array<float, kTargetClasses> scores);

// Borrows its bytes. Safe to read from many threads.
class SentimentModel {
 public:
  // Corrupt where the bytes are not such a model.
  static Result<SentimentModel> open(std::string_view bytes);
  static const SentimentModel& shipped();

  const SentimentWeights& weights() const { return weights_; }
  float tone_weight(std::uint32_t hash) const {
    return static_cast<float>(tone_[sentiment_bucket(hash)]) * weights_.tone_step;
  }

  // The tone in (-1, 1).
  float tone(const ToneFeatures& features, bool is_trained_language) const;

  // Probabilities of negative, neutral, positive.
  std::array<float, kTargetClasses> target(const TargetFeatures& features,
                                           bool is_trained_language) const;

 private:
  SentimentModel() = default;
  SentimentWeights weights_;
  const std::int8_t* tone_ = nullptr;
  const std::array<std::int8_t, kTargetClasses>* target_ = nullptr;
};

// The bytes that open() takes.
std::string sentiment_model_bytes(const SentimentWeights& weights,
                                  std::span<const std::int8_t> tone,
                                  std::span<const std::array<std::int8_t, kTargetClasses>> target);

}  // namespace tidings::analyze
