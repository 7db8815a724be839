// The two linear classifiers that a topic model is mixed from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analyze/topic_vocabulary.h"

namespace tidings::analyze {

// A weight for each feature and label, in rows of `stride` floats, and one bias a label.
struct LinearWeights {
  std::size_t labels = 0;
  std::size_t stride = 0;  // labels, rounded up to what the processor adds at once
  std::vector<float> weights;
  std::vector<float> biases;

  LinearWeights(std::size_t label_count, std::size_t features);
  float* row(std::size_t feature) { return weights.data() + feature * stride; }
  const float* row(std::size_t feature) const { return weights.data() + feature * stride; }
};

// Scores by label, the biases with them; `scores` has `stride` places.
void add_scores(const LinearWeights& linear, std::span<const WeightedFeature> vector,
                std::span<float> scores);

// Complement naive Bayes (Rennie et al., "Tackling the Poor Assumptions of Naive Bayes Text
// Classifiers", 2003, without the normalization of weights) over whole words and pairs: parts of
// words depend on each other too much for it.
LinearWeights complement_bayes(const TopicVectors& vectors, std::span<const std::uint32_t> labels,
                               std::size_t label_count, const TopicVocabulary& vocabulary);

// Support vector machines, each label against the rest, squared hinge loss, by dual coordinate
// descent (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008), of
// features scaled by their log-count ratios (Wang and Manning, "Baselines and Bigrams", 2012). The
// order of the texts is drawn from a fixed seed: the same input gives the same weights.
LinearWeights support_vectors(const TopicVectors& vectors, std::span<const std::uint32_t> labels,
                              std::size_t label_count, std::size_t features);

}  // namespace tidings::analyze
