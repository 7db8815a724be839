// Which features of the training texts a model keeps, and how rare they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analyze/topic_examples.h"

namespace tidings::analyze {

struct TopicVocabulary {
  std::vector<std::uint32_t> hashes;  // ascending
  std::vector<float> rarities;        // inverse document frequencies, as the model stores them
};

// The features of `texts`, the most frequent `features_max` of them where there are more.
TopicVocabulary choose_vocabulary(const TopicExamples& examples, std::span<const std::size_t> texts,
                                  std::size_t features_max);

struct WeightedFeature {
  std::uint32_t feature = 0;  // of the vocabulary
  float value = 0;
};

// Texts as vectors of length one over a vocabulary.
struct TopicVectors {
  std::vector<WeightedFeature> entries;
  std::vector<std::size_t> starts = {0};

  std::size_t size() const { return starts.size() - 1; }
  std::span<const WeightedFeature> of(std::size_t text) const {
    return std::span(entries).subspan(starts[text], starts[text + 1] - starts[text]);
  }
};

TopicVectors vectors_of(const TopicExamples& examples, std::span<const std::size_t> texts,
                        const TopicVocabulary& vocabulary);

}  // namespace tidings::analyze
