#include "analyze/topic_vocabulary.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "analyze/topic_model.h"

namespace tidings::analyze {
namespace {

// A hash table from features to numbers, with linear probing: a tree or a chained table would cost
// more than the training.
class FeatureTable {
 public:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // 0: the slot is free
  };

  explicit FeatureTable(std::size_t features_expected)
      : slots_(std::bit_ceil(std::max<std::size_t>(features_expected * 2, 1024))) {}

  std::uint32_t& operator[](std::uint32_t hash) {
    if (used_ * 4 > slots_.size() * 3) grow();
    Slot& slot = slots_[place_of(hash)];
    if (slot.number == 0) {
      slot.hash = hash;
      ++used_;
    }
    return slot.number;  // the caller makes it more than 0
  }

  std::uint32_t find(std::uint32_t hash) const { return slots_[place_of(hash)].number; }

  std::vector<Slot> take_used() {
    std::erase_if(slots_, [](const Slot& slot) { return slot.number == 0; });
    return std::move(slots_);
  }

 private:
  std::size_t place_of(std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash * 0x9E3779B97F4A7C15ULL >> 32) & mask;
    while (slots_[at].number != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Slot& slot : before) {
      if (slot.number != 0) slots_[place_of(slot.hash)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

float rarity_of(std::size_t texts_with_it, std::size_t texts) {
  const double rarity =
      1 + std::log((1 + static_cast<double>(texts)) / (1 + static_cast<double>(texts_with_it)));
  return TopicModel::stored_rarity(static_cast<float>(rarity));
}

void normalize(std::span<WeightedFeature> entries) {
  float squares = 0;
  for (const WeightedFeature& entry : entries) squares += entry.value * entry.value;
  if (squares == 0) return;
  const float length = std::sqrt(squares);
  for (WeightedFeature& entry : entries) entry.value /= length;
}

}  // namespace

TopicVocabulary choose_vocabulary(const TopicExamples& examples, std::span<const std::size_t> texts,
                                  std::size_t features_max) {
  FeatureTable table(1 << 16);
  std::vector<TopicFeature> features;
  for (const std::size_t text : texts) {
    examples.features(text, features);
    for (const TopicFeature& feature : features) ++table[feature.hash];
  }
  std::vector<FeatureTable::Slot> found = table.take_used();
  if (found.size() > features_max) {
    std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(features_max),
                     found.end(), [](const auto& a, const auto& b) {
                       return a.number != b.number ? a.number > b.number : a.hash < b.hash;
                     });
    found.resize(features_max);
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.hash < b.hash; });
  TopicVocabulary vocabulary;
  for (const FeatureTable::Slot& slot : found) {
    vocabulary.hashes.push_back(slot.hash);
    vocabulary.rarities.push_back(rarity_of(slot.number, texts.size()));
  }
  return vocabulary;
}

TopicVectors vectors_of(const TopicExamples& examples, std::span<const std::size_t> texts,
                        const TopicVocabulary& vocabulary) {
  FeatureTable numbers(vocabulary.hashes.size());
  for (std::uint32_t i = 0; i < vocabulary.hashes.size(); ++i)
    numbers[vocabulary.hashes[i]] = i + 1;
  TopicVectors vectors;
  std::vector<TopicFeature> features;
  for (const std::size_t text : texts) {
    examples.features(text, features);
    for (const TopicFeature& feature : features) {
      const std::uint32_t number = numbers.find(feature.hash);
      if (number == 0) continue;
      vectors.entries.push_back(
          {.feature = number - 1,
           .value = topic_feature_value(feature, vocabulary.rarities[number - 1])});
    }
    normalize(std::span(vectors.entries).subspan(vectors.starts.back()));
    vectors.starts.push_back(vectors.entries.size());
  }
  return vectors;
}

}  // namespace tidings::analyze
