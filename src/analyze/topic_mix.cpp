#include "analyze/topic_mix.h"

#include <algorithm>
#include <cmath>

namespace tidings::analyze {
namespace {

constexpr int kStepsMax = 50;
constexpr double kStepEnough = 1e-6;
constexpr double kFactorMin = 0.05, kFactorMax = 100;

}  // namespace

void HeldOutScores::add(const LinearWeights& bayes, const LinearWeights& support,
                        std::span<const WeightedFeature> vector, std::uint32_t label) {
  std::vector<float> scores(bayes.stride, 0);
  add_scores(bayes, vector, scores);
  bayes_.insert(bayes_.end(), scores.begin(),
                scores.begin() + static_cast<std::ptrdiff_t>(labels_));
  std::fill(scores.begin(), scores.end(), 0.0F);
  add_scores(support, vector, scores);
  support_.insert(support_.end(), scores.begin(),
                  scores.begin() + static_cast<std::ptrdiff_t>(labels_));
  expected_.push_back(label);
}

// Derivatives of -log p(expected) by the two factors: means and covariances of the scores under p.
void HeldOutScores::add_slope(std::size_t text, double bayes, double support, Slope& slope) const {
  const float* b = bayes_.data() + text * labels_;
  const float* s = support_.data() + text * labels_;
  const auto combined = [&](std::size_t label) {
    return bayes * static_cast<double>(b[label]) + support * static_cast<double>(s[label]);
  };
  double highest = combined(0);
  for (std::size_t label = 1; label < labels_; ++label)
    highest = std::max(highest, combined(label));
  double sum = 0, mean_b = 0, mean_s = 0, bb = 0, bs = 0, ss = 0;
  for (std::size_t label = 0; label < labels_; ++label) {
    const double p = std::exp(combined(label) - highest);
    const auto at_b = static_cast<double>(b[label]), at_s = static_cast<double>(s[label]);
    sum += p;
    mean_b += p * at_b;
    mean_s += p * at_s;
    bb += p * at_b * at_b;
    bs += p * at_b * at_s;
    ss += p * at_s * at_s;
  }
  mean_b /= sum;
  mean_s /= sum;
  slope.bayes += mean_b - static_cast<double>(b[expected_[text]]);
  slope.support += mean_s - static_cast<double>(s[expected_[text]]);
  slope.bayes_bayes += bb / sum - mean_b * mean_b;
  slope.bayes_support += bs / sum - mean_b * mean_s;
  slope.support_support += ss / sum - mean_s * mean_s;
}

TopicMix HeldOutScores::best_mix() const {
  double bayes = 1, support = 1;
  for (int step = 0; step < kStepsMax; ++step) {
    // The start counts as much as a text or so: without it, perfect scores would have no optimum.
    Slope slope{.bayes = 0.1 * (bayes - 1),
                .support = 0.1 * (support - 1),
                .bayes_bayes = 0.1,
                .bayes_support = 0,
                .support_support = 0.1};
    for (std::size_t text = 0; text < expected_.size(); ++text)
      add_slope(text, bayes, support, slope);
    const double determinant =
        slope.bayes_bayes * slope.support_support - slope.bayes_support * slope.bayes_support;
    const double bayes_step =
        (slope.support_support * slope.bayes - slope.bayes_support * slope.support) / determinant;
    const double support_step =
        (slope.bayes_bayes * slope.support - slope.bayes_support * slope.bayes) / determinant;
    bayes = std::clamp(bayes - std::clamp(bayes_step, -2.0, 2.0), kFactorMin, kFactorMax);
    support = std::clamp(support - std::clamp(support_step, -2.0, 2.0), kFactorMin, kFactorMax);
    if (std::abs(bayes_step) + std::abs(support_step) < kStepEnough) break;
  }
  return {.bayes = static_cast<float>(bayes), .support = static_cast<float>(support)};
}

}  // namespace tidings::analyze
