// What speaks for and against a token's being part of a name: the features that the tagger weighs.
// Training and running use this one definition.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "analyze/entity_tokens.h"

namespace tidings::analyze {

// Names of features are 32-bit hashes; never 0.
class FeatureList {
 public:
  static constexpr std::size_t kMax = 160;

  void add(std::uint32_t kind, std::uint32_t value) {
    if (count_ == features_.size()) return;
    std::uint32_t hash = (kind * 0x9E3779B1U) ^ value;
    hash ^= hash >> 16;
    hash *= 0x85EBCA6BU;
    hash ^= hash >> 13;
    hash *= 0xC2B2AE35U;
    hash ^= hash >> 16;
    features_[count_++] = hash == 0 ? 1 : hash;
  }
  void clear() { count_ = 0; }
  std::span<const std::uint32_t> values() const { return {features_.data(), count_}; }

 private:
  std::array<std::uint32_t, kMax> features_;
  std::size_t count_ = 0;
};

// Adds the features of one token of a run.
void add_features(const EntityText& text, const EntityRun& run, std::uint32_t token,
                  FeatureList& out);

}  // namespace tidings::analyze
