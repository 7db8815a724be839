#include "analyze/topic_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include <fmt/format.h>

namespace tidings::analyze {
namespace {

static_assert(std::endian::native == std::endian::little, "models are read in place");

constexpr std::size_t kHeaderBytes = 8 + 6 * 4;
constexpr float kRaritySteps = 16;
constexpr float kWeightSteps = 127;
constexpr std::uint32_t kBucketBitsMax = 24;
constexpr float kNumberMax = 1e6F;  // of biases and scales: what is beyond makes no probability

void append_u32(std::string& out, std::uint32_t number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void append_f32(std::string& out, float number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

std::uint8_t rarity_steps(float rarity) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(rarity * kRaritySteps), 1L, 255L));
}

// About four features a bucket.
std::uint32_t bucket_bits_for(std::size_t features) {
  return std::clamp<std::uint32_t>(static_cast<std::uint32_t>(std::bit_width(features / 4)), 1,
                                   kBucketBitsMax);
}

std::vector<float> scales_of(const TopicModel::Parts& parts) {
  std::vector<float> scales(parts.labels.size(), 1e-9F);
  for (std::size_t i = 0; i < parts.weights.size(); ++i) {
    float& scale = scales[i % scales.size()];
    scale = std::max(scale, std::abs(parts.weights[i]) / kWeightSteps);
  }
  return scales;
}

void append_buckets(const std::vector<std::uint32_t>& hashes, std::uint32_t bits,
                    std::string& out) {
  std::size_t next = 0;
  for (std::uint64_t bucket = 0; bucket <= (1ULL << bits); ++bucket) {
    while (next < hashes.size() && (hashes[next] >> (32 - bits)) < bucket) ++next;
    append_u32(out, static_cast<std::uint32_t>(next));
  }
}

void normalize(std::vector<double>& scores) {
  const double highest = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (double& score : scores) sum += score = std::exp(score - highest);
  for (double& score : scores) score /= sum;
}

}  // namespace

float topic_feature_value(const TopicFeature& feature, float rarity) {
  constexpr float kPartFactor = 0.7F;  // parts are many and say the same thing again
  const float factor = kind_of(feature.hash) == TopicFeatureKind::Part ? kPartFactor : 1;
  return (1 + std::log(static_cast<float>(feature.count))) * rarity * factor;
}

float TopicModel::stored_rarity(float rarity) {
  return static_cast<float>(rarity_steps(rarity)) / kRaritySteps;
}

std::string TopicModel::write(const Parts& parts) {
  const std::uint32_t bits = bucket_bits_for(parts.hashes.size());
  const std::vector<float> scales = scales_of(parts);
  std::string names;
  for (const std::string& label : parts.labels) names.append(label).push_back('\0');
  std::string out(kTopicModelMagic);
  for (const std::size_t number :
       {std::size_t{kTopicModelVersion}, parts.labels.size(), parts.hashes.size(),
        std::size_t{bits}, names.size(), std::size_t{0}})
    append_u32(out, static_cast<std::uint32_t>(number));
  for (const float bias : parts.biases) append_f32(out, bias);
  for (const float scale : scales) append_f32(out, scale);
  append_buckets(parts.hashes, bits, out);
  for (const std::uint32_t hash : parts.hashes) append_u32(out, hash);
  for (const float rarity : parts.rarities) out.push_back(static_cast<char>(rarity_steps(rarity)));
  for (std::size_t i = 0; i < parts.weights.size(); ++i) {
    const float steps = parts.weights[i] / scales[i % scales.size()];
    out.push_back(static_cast<char>(static_cast<std::int8_t>(std::lround(steps))));
  }
  return out + names;
}

std::uint32_t TopicModel::read_u32(std::size_t offset) const {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes_.data() + offset, sizeof number);
  return number;
}

float TopicModel::read_f32(std::size_t offset) const {
  return std::bit_cast<float>(read_u32(offset));
}

Result<TopicModel> TopicModel::open(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || !bytes.starts_with(kTopicModelMagic))
    return corrupt("not a topic model: train one with `tidings train topic`");
  TopicModel model;
  model.bytes_ = bytes;
  if (const std::uint32_t version = model.read_u32(8); version != kTopicModelVersion) {
    return corrupt(
        fmt::format("a topic model of version {}, where this program reads version {}: train it "
                    "again with `tidings train topic`",
                    version, kTopicModelVersion));
  }
  const std::size_t labels = model.read_u32(12), features = model.read_u32(16);
  const std::size_t name_bytes = model.read_u32(24);
  model.bucket_bits_ = model.read_u32(20);
  model.feature_count_ = features;
  const Error damaged = corrupt("a damaged topic model: train it again with `tidings train topic`");
  if (labels == 0 || labels > kTopicLabelsMax || model.bucket_bits_ == 0 ||
      model.bucket_bits_ > kBucketBitsMax)
    return damaged;
  const std::size_t bucket_count = (std::size_t{1} << model.bucket_bits_) + 1;
  model.biases_ = kHeaderBytes;
  model.scales_ = model.biases_ + labels * 4;
  model.buckets_ = model.scales_ + labels * 4;
  model.hashes_ = model.buckets_ + bucket_count * 4;
  model.rarities_ = model.hashes_ + features * 4;
  model.weights_ = model.rarities_ + features;
  const std::size_t names = model.weights_ + features * labels;
  if (names + name_bytes != bytes.size()) return damaged;
  for (std::size_t at = model.biases_; at < model.buckets_; at += 4) {
    if (!(std::abs(model.read_f32(at)) <= kNumberMax)) return damaged;
  }
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < bucket_count; ++i) {
    const std::uint32_t offset = model.read_u32(model.buckets_ + i * 4);
    if (offset < before || offset > features) return damaged;
    before = offset;
  }
  for (std::size_t at = names; at < bytes.size();) {
    const std::size_t end = bytes.find('\0', at);
    if (end == std::string_view::npos) return damaged;
    model.labels_.push_back(bytes.substr(at, end - at));
    at = end + 1;
  }
  if (model.labels_.size() != labels) return damaged;
  return model;
}

std::size_t TopicModel::find(std::uint32_t hash) const {
  const std::size_t bucket = hash >> (32 - bucket_bits_);
  const std::uint32_t end = read_u32(buckets_ + (bucket + 1) * 4);
  for (std::uint32_t i = read_u32(buckets_ + bucket * 4); i < end; ++i) {
    if (read_u32(hashes_ + std::size_t{i} * 4) == hash) return i;
  }
  return feature_count_;
}

std::vector<double> TopicModel::probabilities(std::span<const TopicFeature> features) const {
  std::vector<float> sums(labels_.size(), 0);
  float squares = 0;
  for (const TopicFeature& feature : features) {
    const std::size_t found = find(feature.hash);
    if (found == feature_count_) continue;
    const float rarity =
        static_cast<float>(static_cast<std::uint8_t>(bytes_[rarities_ + found])) / kRaritySteps;
    const float value = topic_feature_value(feature, rarity);
    squares += value * value;
    const char* weights = bytes_.data() + weights_ + found * labels_.size();
    for (std::size_t label = 0; label < sums.size(); ++label)
      sums[label] += value * static_cast<float>(static_cast<std::int8_t>(weights[label]));
  }
  const double length = squares > 0 ? std::sqrt(static_cast<double>(squares)) : 1;
  std::vector<double> scores(sums.size());
  for (std::size_t label = 0; label < scores.size(); ++label) {
    scores[label] = static_cast<double>(read_f32(biases_ + label * 4)) +
                    static_cast<double>(sums[label] * read_f32(scales_ + label * 4)) / length;
  }
  normalize(scores);
  return scores;
}

std::vector<LabelScore> TopicModel::classify(std::string_view text) const {
  const std::vector<double> scores = probabilities(topic_features(text::segment(text, "und")));
  std::vector<LabelScore> ranked;
  ranked.reserve(scores.size());
  for (std::size_t label = 0; label < scores.size(); ++label)
    ranked.push_back({.label = std::string(labels_[label]), .score = scores[label]});
  std::sort(ranked.begin(), ranked.end(), [](const LabelScore& a, const LabelScore& b) {
    return a.score != b.score ? a.score > b.score : a.label < b.label;
  });
  return ranked;
}

}  // namespace tidings::analyze
