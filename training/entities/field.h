// A linear-chain conditional random field over the runs of words that can hold names.
// Lafferty, McCallum, Pereira: Conditional Random Fields (2001); steps by AdaGrad (Duchi et al.
// 2011).
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "analyze/entity_tagger.h"

namespace tidings::training {

using Weights = std::array<float, analyze::kTagWidth>;

struct Sequence {
  std::vector<std::vector<std::uint32_t>> features;  // of each token: hashes
  std::vector<std::uint8_t> tags;
};

struct Field {
  std::unordered_map<std::uint32_t, Weights> weights;  // by the feature's hash
  std::array<Weights, analyze::kTagCount> transitions = {};
};

struct FieldSettings {
  int rounds = 10;
  float rate = 0.05F;
  float decay = 0.006F;                // of a weight, at each use
  std::uint32_t dropped_percent = 30;  // of a token's features, at each look
  std::uint32_t least_uses = 2;        // a feature that is rarer is left out
};

// The same sequences and settings give the same field.
Field train_field(const std::vector<Sequence>& sequences, const FieldSettings& settings);

}  // namespace tidings::training
