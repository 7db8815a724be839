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
