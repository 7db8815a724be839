// Trains the layers of sentiment: AdaGrad over shuffled examples, the same weights every time.
#pragma once

#include <array>
#include <vector>

#include "examples.h"

namespace tidings::training {

struct Schedule {
  int epochs = 0;
  double rate = 0;        // of hashed weights
  double dense_rate = 0;  // of the others
  double decay = 0;       // pulls hashed weights to zero, each time they are seen
};

// Chosen by tidings_validate_sentiment; docs/decisions/sentiment.md says what else was tried.
constexpr Schedule kToneSchedule{.epochs = 12, .rate = 0.006, .dense_rate = 0.02, .decay = 0.0005};
constexpr Schedule kTargetSchedule{.epochs = 10, .rate = 0.01, .dense_rate = 0.02, .decay = 0.001};

// What a hashed weight keeps of its value, by the number of sets that have its feature: what only
// one has seen is about that set. And what all keep: less than learned, as other texts differ more.
constexpr std::array<float, 5> kSeenShare = {0, 0, 0.67F, 1, 1};
constexpr float kTransferShare = 0.75F;

struct ToneLayer {
  std::array<float, analyze::kToneDense> dense{};
  std::vector<float> hashed;  // empty: sums alone
};
ToneLayer train_tone(const std::vector<const ToneExample*>& examples, const Schedule& schedule,
                     bool with_hashed);
float tone_of(const ToneLayer& layer, const analyze::ToneFeatures& features);

using Classes = std::array<float, analyze::kTargetClasses>;
struct TargetLayer {
  std::array<Classes, analyze::kTargetDense> dense{};
  std::vector<Classes> hashed;
};
TargetLayer train_targets(const std::vector<const TargetExample*>& examples,
                          const Schedule& schedule, bool with_hashed);
Classes target_of(const TargetLayer& layer, const analyze::TargetFeatures& features);

}  // namespace tidings::training
