#include "analyze/topic_linear.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tidings::analyze {
namespace {

constexpr std::size_t kLanes = 4;  // floats that every processor of ours adds at once
constexpr double kBayesSmoothing = 0.02;
constexpr float kCost = 0.3F;  // of a text on the wrong side, against the size of the weights
constexpr int kPassesMax = 12;
constexpr float kGradientEnough = 0.1F;

// Enough randomness to visit texts in no particular order (xorshift64*, Vigna 2016).
class Shuffler {
 public:
  void shuffle(std::vector<std::uint32_t>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[next() % i]);
  }

 private:
  std::uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return (state_ * 0x2545F4914F6CDD1DULL) >> 16;
  }
  std::uint64_t state_ = 0x9E3779B97F4A7C15ULL;
};

void add_row(float* __restrict sums, const float* __restrict row, float factor,
             std::size_t stride) {
  for (std::size_t i = 0; i < stride; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[i + lane] += factor * row[i + lane];
  }
}

void add_scaled_row(float* __restrict sums, const float* __restrict row,
                    const float* __restrict factors, float factor, std::size_t stride) {
  for (std::size_t i = 0; i < stride; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      sums[i + lane] += factor * row[i + lane] * factors[i + lane];
  }
}

// How many texts with each label have each feature.
LinearWeights presences(const TopicVectors& vectors, std::span<const std::uint32_t> labels,
                        std::size_t label_count, std::size_t features) {
  LinearWeights counts(label_count, features);
  for (std::size_t text = 0; text < vectors.size(); ++text) {
    for (const WeightedFeature& entry : vectors.of(text)) ++counts.row(entry.feature)[labels[text]];
  }
  return counts;
}

// The square of each feature's log-count ratio for each label against the rest: what a feature is
// scaled by, twice, so that those that tell labels apart need small weights.
LinearWeights squared_ratios(const TopicVectors& vectors, std::span<const std::uint32_t> labels,
                             std::size_t label_count, std::size_t features) {
  LinearWeights counts = presences(vectors, labels, label_count, features);
  std::vector<double> sums(label_count, static_cast<double>(features));  // one more of each
  double all = static_cast<double>(features);
  for (std::size_t feature = 0; feature < features; ++feature) {
    for (std::size_t label = 0; label < label_count; ++label) {
      sums[label] += static_cast<double>(counts.row(feature)[label]);
      all += static_cast<double>(counts.row(feature)[label]);
    }
  }
  for (std::size_t feature = 0; feature < features; ++feature) {
    float* row = counts.row(feature);
    const double with_it = std::accumulate(row, row + label_count, 0.0);
    for (std::size_t label = 0; label < label_count; ++label) {
      const auto count = static_cast<double>(row[label]);
      const double rest = all - sums[label] + static_cast<double>(features);
      const double ratio = std::log((count + 1) / sums[label] * rest / (with_it - count + 1));
      row[label] = static_cast<float>(ratio * ratio);
    }
  }
  return counts;
}

// One text's step toward the optimum, in all labels' problems at once. The weights are those of the
// unscaled features: a change is scaled twice.
class SupportVectorTrainer {
 public:
  SupportVectorTrainer(const TopicVectors& vectors, std::span<const std::uint32_t> labels,
                       const LinearWeights& scales, LinearWeights& linear)
      : vectors_(vectors),
        labels_(labels),
        scales_(scales),
        linear_(linear),
        multipliers_(vectors.size() * linear.labels, 0),
        lengths_(vectors.size() * linear.stride, 0),
        scores_(linear.stride),
        changes_(linear.stride) {
    for (std::size_t text = 0; text < vectors.size(); ++text) {
      for (const WeightedFeature& entry : vectors.of(text)) {
        add_row(lengths_.data() + text * linear.stride, scales.row(entry.feature),
                entry.value * entry.value, linear.stride);
      }
    }
  }

  // The largest gradient that was met.
  float pass(const std::vector<std::uint32_t>& order) {
    largest_ = 0;
    for (const std::uint32_t text : order) visit(text);
    return largest_;
  }

 private:
  void visit(std::uint32_t text) {
    const std::span<const WeightedFeature> vector = vectors_.of(text);
    if (vector.empty()) return;
    std::fill(scores_.begin(), scores_.end(), 0.0F);
    add_scores(linear_, vector, scores_);
    if (!find_changes(text)) return;
    for (const WeightedFeature& entry : vector) {
      add_scaled_row(linear_.row(entry.feature), scales_.row(entry.feature), changes_.data(),
                     entry.value, linear_.stride);
    }
    for (std::size_t label = 0; label < linear_.labels; ++label)
      linear_.biases[label] += changes_[label];
  }

  bool find_changes(std::uint32_t text) {
    constexpr float kDiagonal = 1 / (2 * kCost);
    float* multipliers = multipliers_.data() + text * linear_.labels;
    const float* lengths = lengths_.data() + text * linear_.stride;
    bool any = false;
    for (std::size_t label = 0; label < linear_.labels; ++label) {
      const float side = labels_[text] == label ? 1.0F : -1.0F;
      const float before = multipliers[label];
      const float gradient = side * scores_[label] - 1 + kDiagonal * before;
      changes_[label] = 0;
      if (before == 0 && gradient >= 0) continue;
      largest_ = std::max(largest_, std::abs(gradient));
      const float curvature = lengths[label] + 1 + kDiagonal;  // the bias's length is one
      multipliers[label] = std::max(before - gradient / curvature, 0.0F);
      changes_[label] = (multipliers[label] - before) * side;
      any = any || changes_[label] != 0;
    }
    return any;
  }

  const TopicVectors& vectors_;
  std::span<const std::uint32_t> labels_;
  const LinearWeights& scales_;
  LinearWeights& linear_;
  std::vector<float> multipliers_;  // by text and label
  std::vector<float> lengths_;      // squared, by text and label, in rows of the stride
  std::vector<float> scores_, changes_;
  float largest_ = 0;
};

bool is_whole(std::uint32_t hash) {
  return kind_of(hash) != TopicFeatureKind::Part;
}

// How much of each feature each label's texts have.
void add_amounts(const TopicVectors& vectors, std::span<const std::uint32_t> labels,
                 const TopicVocabulary& vocabulary, LinearWeights& amounts) {
  for (std::size_t text = 0; text < vectors.size(); ++text) {
    for (const WeightedFeature& entry : vectors.of(text)) {
      if (is_whole(vocabulary.hashes[entry.feature]))
        amounts.row(entry.feature)[labels[text]] += entry.value;
    }
  }
}

}  // namespace

LinearWeights::LinearWeights(std::size_t label_count, std::size_t features)
    : labels(label_count),
      stride((label_count + kLanes - 1) / kLanes * kLanes),
      weights(features * stride, 0),
      biases(stride, 0) {}

void add_scores(const LinearWeights& linear, std::span<const WeightedFeature> vector,
                std::span<float> scores) {
  for (const WeightedFeature& entry : vector)
    add_row(scores.data(), linear.row(entry.feature), entry.value, linear.stride);
  for (std::size_t label = 0; label < linear.labels; ++label) scores[label] += linear.biases[label];
}

LinearWeights complement_bayes(const TopicVectors& vectors, std::span<const std::uint32_t> labels,
                               std::size_t label_count, const TopicVocabulary& vocabulary) {
  LinearWeights linear(label_count, vocabulary.hashes.size());
  add_amounts(vectors, labels, vocabulary, linear);

  std::vector<double> label_sums(label_count, 0);
  double all = 0;
  for (std::size_t feature = 0; feature < vocabulary.hashes.size(); ++feature) {
    if (!is_whole(vocabulary.hashes[feature])) continue;
    all += kBayesSmoothing;
    for (std::size_t label = 0; label < label_count; ++label) {
      label_sums[label] += static_cast<double>(linear.row(feature)[label]);
      all += static_cast<double>(linear.row(feature)[label]);
    }
  }
  for (std::size_t feature = 0; feature < vocabulary.hashes.size(); ++feature) {
    if (!is_whole(vocabulary.hashes[feature])) continue;
    float* row = linear.row(feature);
    const double sum = std::accumulate(row, row + label_count, 0.0);
    double mean = 0;
    for (std::size_t label = 0; label < label_count; ++label) {
      const double others = std::max(sum - static_cast<double>(row[label]), 0.0) + kBayesSmoothing;
      const double weight = std::log(all - label_sums[label]) - std::log(others);
      row[label] = static_cast<float>(weight);
      mean += weight / static_cast<double>(label_count);
    }
    for (std::size_t label = 0; label < label_count; ++label)
      row[label] -= static_cast<float>(mean);
  }
  return linear;
}

LinearWeights support_vectors(const TopicVectors& vectors, std::span<const std::uint32_t> labels,
                              std::size_t label_count, std::size_t features) {
  const LinearWeights scales = squared_ratios(vectors, labels, label_count, features);
  LinearWeights linear(label_count, features);
  SupportVectorTrainer trainer(vectors, labels, scales, linear);
  std::vector<std::uint32_t> order(vectors.size());
  std::iota(order.begin(), order.end(), 0U);
  Shuffler shuffler;
  for (int pass = 0; pass < kPassesMax; ++pass) {
    shuffler.shuffle(order);
    if (trainer.pass(order) < kGradientEnough) break;
  }
  return linear;
}

}  // namespace tidings::analyze
