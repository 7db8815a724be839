#include "layers.h"

#include <bit>
#include <cmath>
#include <numeric>

namespace tidings::training {
namespace {

using analyze::HashedFeature;
using analyze::kTargetClasses;
using analyze::sentiment_bucket;

constexpr std::size_t kBuckets = std::size_t{1} << analyze::kSentimentBits;
constexpr double kDenseFloor = 1e-4;
constexpr double kHashedFloor = 1;  // rare words move little

// Fisher-Yates with a generator of its own: the standard's distributions differ by library.
class Shuffler {
 public:
  explicit Shuffler(std::size_t count) : order_(count) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
  }
  const std::vector<std::size_t>& next() {
    for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[random() % i]);
    return order_;
  }

 private:
  std::uint64_t random() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return state_ >> 33;
  }
  std::uint64_t state_ = 20210419;
  std::vector<std::size_t> order_;
};

// One weight's step: smaller the more it was moved already (Duchi, Hazan & Singer 2011).
void step(float& weight, float& squares, double gradient, double rate, double floor) {
  squares += static_cast<float>(gradient * gradient);
  weight -= static_cast<float>(rate * gradient / std::sqrt(squares + floor));
}

// Learns from every example once an epoch, in another order each time, with steps that fade.
template <class Learn>
void run_epochs(std::size_t examples, const Schedule& schedule, Learn learn) {
  Shuffler shuffler(examples);
  for (int epoch = 0; epoch < schedule.epochs; ++epoch) {
    const double fade = 1.0 - static_cast<double>(epoch) / schedule.epochs;
    for (const std::size_t index : shuffler.next()) learn(index, fade);
  }
}

// Leaves of hashed weights what holds beyond the set that they were learned from.
void generalize(const std::vector<const ToneExample*>& examples, std::vector<float>& hashed) {
  std::vector<std::uint8_t> seen_in(hashed.size());  // a bit for each set
  for (const ToneExample* example : examples)
    for (const HashedFeature& feature : example->features.hashed)
      seen_in[sentiment_bucket(feature.hash)] |= static_cast<std::uint8_t>(1U << example->set);
  for (std::size_t i = 0; i < hashed.size(); ++i)
    hashed[i] *= kSeenShare[static_cast<std::size_t>(std::popcount(seen_in[i]))] * kTransferShare;
}

}  // namespace

float tone_of(const ToneLayer& layer, const analyze::ToneFeatures& features) {
  float sum = 0;
  for (std::size_t i = 0; i < layer.dense.size(); ++i) sum += layer.dense[i] * features.dense[i];
  if (!layer.hashed.empty())
    for (const HashedFeature& feature : features.hashed)
      sum += layer.hashed[sentiment_bucket(feature.hash)] * feature.value;
  return std::tanh(sum);
}

ToneLayer train_tone(const std::vector<const ToneExample*>& examples, const Schedule& schedule,
                     bool with_hashed) {
  ToneLayer layer;
  decltype(layer.dense) dense_squares{};
  layer.hashed.resize(with_hashed ? kBuckets : 0);
  std::vector<float> squares(layer.hashed.size());
  run_epochs(examples.size(), schedule, [&](std::size_t index, double fade) {
    const ToneExample& example = *examples[index];
    const double tone = tone_of(layer, example.features);
    const double slope = (tone - example.rating) * (1 - tone * tone) * example.weight;
    for (std::size_t i = 0; i < layer.dense.size(); ++i)
      step(layer.dense[i], dense_squares[i], slope * example.features.dense[i],
           schedule.dense_rate * fade, kDenseFloor);
    if (!with_hashed) return;
    for (const HashedFeature& feature : example.features.hashed) {
      const std::uint32_t bucket = sentiment_bucket(feature.hash);
      const double gradient = slope * feature.value + schedule.decay * layer.hashed[bucket];
      step(layer.hashed[bucket], squares[bucket], gradient, schedule.rate * fade, kHashedFloor);
    }
  });
  if (with_hashed) generalize(examples, layer.hashed);
  return layer;
}

Classes target_of(const TargetLayer& layer, const analyze::TargetFeatures& features) {
  Classes scores{};
  for (std::size_t i = 0; i < layer.dense.size(); ++i)
    for (std::size_t c = 0; c < kTargetClasses; ++c)
      scores[c] += layer.dense[i][c] * features.dense[i];
  if (!layer.hashed.empty())
    for (const HashedFeature& feature : features.hashed)
      for (std::size_t c = 0; c < kTargetClasses; ++c)
        scores[c] += layer.hashed[sentiment_bucket(feature.hash)][c] * feature.value;
  return analyze::probabilities(scores);
}

TargetLayer train_targets(const std::vector<const TargetExample*>& examples,
                          const Schedule& schedule, bool with_hashed) {
  TargetLayer layer;
  decltype(layer.dense) dense_squares{};
  layer.hashed.resize(with_hashed ? kBuckets : 0);
  std::vector<Classes> squares(layer.hashed.size());
  run_epochs(examples.size(), schedule, [&](std::size_t index, double fade) {
    const TargetExample& example = *examples[index];
    Classes error = target_of(layer, example.features);
    error[example.polarity] -= 1;
    for (std::size_t i = 0; i < layer.dense.size(); ++i)
      for (std::size_t c = 0; c < kTargetClasses; ++c)
        step(layer.dense[i][c], dense_squares[i][c], error[c] * example.features.dense[i],
             schedule.dense_rate * fade, kDenseFloor);
    if (!with_hashed) return;
    for (const HashedFeature& feature : example.features.hashed) {
      const std::uint32_t bucket = sentiment_bucket(feature.hash);
      for (std::size_t c = 0; c < kTargetClasses; ++c) {
        float& weight = layer.hashed[bucket][c];
        step(weight, squares[bucket][c], error[c] * feature.value + schedule.decay * weight,
             schedule.rate * fade, kHashedFloor);
      }
    }
  });
  return layer;
}

}  // namespace tidings::training
