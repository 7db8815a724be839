// Multinomial logistic regression over the features of short texts, one problem a script.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "corpus.h"

namespace tidings::training::language {

struct Weight {
  std::uint32_t feature = 0;
  std::uint32_t place = 0;  // of the language among those of its script
  float value = 0;
  float importance = 0;  // how much the weight moves scores in all
};

struct LearnerSettings {
  std::size_t examples_per_language = 20'000;  // an epoch
  std::size_t epochs = 2;
  float rate = 0.3F;
  float decay = 2e-6F;
  std::size_t weights_kept_per_language = 8'500;  // the model has no place for more
  std::size_t epochs_of_kept = 1;                 // after the others are gone
  std::uint32_t seen_min = 3;  // a feature of fewer different words teaches nothing general
};

// What was learned about the languages of one script. Deterministic.
std::vector<Weight> learn(const Corpus& corpus, analyze::Script script,
                          const LearnerSettings& settings);

}  // namespace tidings::training::language
