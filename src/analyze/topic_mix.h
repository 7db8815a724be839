// How much each of a topic model's two classifiers counts, found on texts that neither has seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analyze/topic_linear.h"

namespace tidings::analyze {

// Factors that make of the two scores one whose softmax is a calibrated probability.
struct TopicMix {
  float bayes = 1;
  float support = 1;
};

class HeldOutScores {
 public:
  explicit HeldOutScores(std::size_t labels) : labels_(labels) {}

  void add(const LinearWeights& bayes, const LinearWeights& support,
           std::span<const WeightedFeature> vector, std::uint32_t label);

  // The mix under which the expected labels are likeliest (by Newton's method; the loss is convex),
  // drawn a little toward equal parts, where there are few texts.
  TopicMix best_mix() const;

 private:
  struct Slope {
    double bayes = 0, support = 0;                                   // first derivatives
    double bayes_bayes = 0, bayes_support = 0, support_support = 0;  // second ones
  };
  void add_slope(std::size_t text, double bayes, double support, Slope& slope) const;

  std::size_t labels_;
  std::vector<std::uint32_t> expected_;
  std::vector<float> bayes_, support_;  // by text and label
};

}  // namespace tidings::analyze
