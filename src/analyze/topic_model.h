// A linear model that tells which of an operator's own labels fits a text, read in place.
//
// The file, little-endian: kTopicModelMagic; six u32 (version, labels, features, bucket bits, bytes
// of the label names, 0); then by label f32 bias, by label f32 scale, u32 bucket offsets
// (2^bits + 1), u32 hashes in ascending order, u8 rarities in sixteenths, i8 weights by feature and
// label, and the names, each ended by a zero byte.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/topic_features.h"
#include "core/result.h"

namespace tidings::analyze {

inline constexpr std::string_view kTopicModelMagic = "TIDTOPIC";
inline constexpr std::uint32_t kTopicModelVersion = 1;
inline constexpr std::size_t kTopicLabelsMax = 1000;

struct LabelScore {
  std::string label;
  double score = 0;  // a calibrated probability; those of a text sum to 1
};

class TopicModel {
 public:
  // Borrows `bytes`, which must outlive the model. Corrupt, with what is wrong, where they are not
  // a whole model of this version. Linear in the size, without copying but for the labels.
  static Result<TopicModel> open(std::string_view bytes);

  std::span<const std::string_view> labels() const { return labels_; }
  std::size_t feature_count() const { return feature_count_; }

  // By label, in their order; sum to 1. A text without a known feature has the labels' shares.
  std::vector<double> probabilities(std::span<const TopicFeature> features) const;

  // All labels, likeliest first; equal ones in the model's order. `text` is valid UTF-8.
  std::vector<LabelScore> classify(std::string_view text) const;

  // What a model is made of, before it is written.
  struct Parts {
    std::vector<std::string> labels;
    std::vector<float> biases;
    std::vector<std::uint32_t> hashes;  // ascending
    std::vector<float> rarities;        // by feature: inverse document frequency
    std::vector<float> weights;         // by feature and label
  };
  static std::string write(const Parts& parts);

  static float stored_rarity(float rarity);  // as it will be read back

 private:
  TopicModel() = default;
  std::size_t find(std::uint32_t hash) const;  // feature_count_ where it is unknown
  std::uint32_t read_u32(std::size_t offset) const;
  float read_f32(std::size_t offset) const;

  std::string_view bytes_;
  std::vector<std::string_view> labels_;
  std::size_t feature_count_ = 0;
  std::uint32_t bucket_bits_ = 0;
  std::size_t biases_ = 0, scales_ = 0, buckets_ = 0, hashes_ = 0, rarities_ = 0, weights_ = 0;
};

// What a feature adds to a text: more for rare ones, less for each repetition.
float topic_feature_value(const TopicFeature& feature, float rarity);

}  // namespace tidings::analyze
