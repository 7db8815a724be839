// What a text is to a topic model: words, pairs of words and parts of words, hashed and counted.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/segments.h"

namespace tidings::analyze {

// The lowest two bits of a hash tell the kind, so that a model can weigh kinds without a table.
enum class TopicFeatureKind : std::uint32_t { Word = 0, Pair = 1, Part = 2 };

constexpr TopicFeatureKind kind_of(std::uint32_t hash) {
  return static_cast<TopicFeatureKind>(hash & 3U);
}

struct TopicFeature {
  std::uint32_t hash = 0;
  std::uint32_t count = 0;

  friend bool operator==(const TopicFeature&, const TopicFeature&) = default;
};

// Pairs are words that follow each other in a sentence. Parts are three to five characters of a
// word with its borders, and one to three where a script has no letter case and often no spaces.
// Sorted by hash, each once. Linear time but for the sort; no language is assumed.
std::vector<TopicFeature> topic_features(const text::Segments& segments);

}  // namespace tidings::analyze
