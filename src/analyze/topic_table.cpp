#include "analyze/topic_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "analyze/topics_model.h"
#include "core/check.h"
#include "core/hash.h"
#include "core/strings.h"
#include "text/lower.h"

namespace tidings::analyze {
namespace {

static_assert(sizeof(TopicLevels) == 6 * sizeof(float));

constexpr std::size_t kScoring = 8 + 5 * 4;
constexpr std::size_t kHeaderBytes = kScoring + sizeof(TopicLevels);
constexpr std::size_t kTopicBytes = 12;
constexpr std::size_t kFeatureBytes = 8;
constexpr std::uint32_t kBucketBitsMax = 20;

std::uint32_t short_hash(std::string_view text) {
  return static_cast<std::uint32_t>(hash64(text) >> 32);
}

std::uint32_t hash_of_word(std::string_view language, std::string_view mark,
                           std::string_view word) {
  std::array<char, 128> key;
  std::size_t size = 0;
  for (const std::string_view part : {language.substr(0, 8), mark, word}) {
    const std::size_t taken = std::min(part.size(), key.size() - size);
    std::memcpy(key.data() + size, part.data(), taken);
    size += taken;
  }
  return short_hash({key.data(), size});
}

void append(std::string& out, std::size_t number) {
  const auto small = static_cast<std::uint32_t>(number);
  out.append(reinterpret_cast<const char*>(&small), sizeof small);
}

void append_buckets(std::span<const TopicTable::Feature> features, std::uint32_t bits,
                    std::string& out) {
  std::size_t next = 0;
  for (std::uint64_t bucket = 0; bucket <= (1ULL << bits); ++bucket) {
    while (next < features.size() && (features[next].hash >> (32 - bits)) < bucket) ++next;
    append(out, next);
  }
}

// Numbers that a fit can have come to: a score of anything else would be no number.
bool is_sensible(const TopicLevels& levels) {
  constexpr float kFactorMax = 100;
  for (const TopicScoring& level : {levels.top, levels.second}) {
    for (const float factor : {level.bias, level.odds, level.amount}) {
      if (!(std::abs(factor) <= kFactorMax)) return false;
    }
  }
  return true;
}

}  // namespace

std::uint32_t topic_stem_hash(std::string_view language, std::string_view stem) {
  return hash_of_word(language, "", stem);
}

std::uint32_t topic_form_hash(std::string_view language, std::string_view lower) {
  return hash_of_word(language, "=", lower);
}

std::uint32_t topic_pair_hash(std::uint32_t first, std::uint32_t second) {
  const std::array<std::uint32_t, 2> both = {first, second};
  return short_hash({reinterpret_cast<const char*>(both.data()), sizeof both});
}

std::uint32_t topic_tag_hash(std::string_view tag) {
  return short_hash("#" + text::lower(trim(tag)));
}

std::uint32_t TopicTable::read(std::size_t offset) const {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes_.data() + offset, sizeof number);
  return number;
}

std::string TopicTable::write(std::span<const TableTopic> topics, std::span<const Feature> features,
                              const TopicLevels& scoring) {
  const std::uint32_t bits = std::clamp<std::uint32_t>(
      static_cast<std::uint32_t>(std::bit_width(features.size() / 2)), 1, kBucketBitsMax);
  std::string labels, entries, ends;
  for (const Feature& feature : features) {
    for (const TableEntry& entry : feature.entries) {
      entries.push_back(static_cast<char>(entry.topic));
      entries.push_back(static_cast<char>(entry.weight));
    }
    append(ends, feature.hash);
    append(ends, entries.size() / 2);
  }
  std::string codes;
  for (const TableTopic& topic : topics) {
    labels += topic.label;
    append(codes, topic.code);
    append(codes, topic.parent);
    append(codes, labels.size());
  }
  std::string out(kTopicTableMagic);
  for (const std::size_t number :
       {topics.size(), features.size(), entries.size() / 2, std::size_t{bits}, labels.size()})
    append(out, number);
  out.append(reinterpret_cast<const char*>(&scoring), sizeof scoring);
  out += codes;
  append_buckets(features, bits, out);
  return out + ends + entries + labels;
}

Result<TopicTable> TopicTable::open(std::string_view bytes) {
  const Error damaged = corrupt("no table of topics: make it with `script/train topics`");
  if (bytes.size() < kHeaderBytes || !bytes.starts_with(kTopicTableMagic)) return damaged;
  TopicTable table;
  table.bytes_ = bytes;
  std::memcpy(&table.scoring_, bytes.data() + kScoring, sizeof table.scoring_);
  if (!is_sensible(table.scoring_)) return damaged;
  const std::size_t topics = table.read(8), entries = table.read(16), label_bytes = table.read(24);
  table.feature_count_ = table.read(12);
  table.bucket_bits_ = table.read(20);
  if (topics > kTableTopicsMax || table.bucket_bits_ == 0 || table.bucket_bits_ > kBucketBitsMax)
    return damaged;
  const std::size_t buckets = (std::size_t{1} << table.bucket_bits_) + 1;
  table.buckets_ = kHeaderBytes + topics * kTopicBytes;
  table.features_ = table.buckets_ + buckets * 4;
  table.entries_ = table.features_ + table.feature_count_ * kFeatureBytes;
  const std::size_t labels = table.entries_ + entries * sizeof(TableEntry);
  if (labels + label_bytes != bytes.size()) return damaged;
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < topics; ++i) {
    const std::size_t at = kHeaderBytes + i * kTopicBytes;
    const std::uint32_t end = table.read(at + 8);
    if (end < before || end > label_bytes || table.read(at + 4) >= topics) return damaged;
    table.topics_.push_back({.code = table.read(at),
                             .parent = table.read(at + 4),
                             .label = bytes.substr(labels + before, end - before)});
    before = end;
  }
  before = 0;
  for (std::size_t i = 0; i < buckets; ++i) {
    const std::uint32_t offset = table.read(table.buckets_ + i * 4);
    if (offset < before || offset > table.feature_count_) return damaged;
    before = offset;
  }
  before = 0;
  for (std::size_t i = 0; i < table.feature_count_; ++i) {
    const std::uint32_t end = table.read(table.features_ + i * kFeatureBytes + 4);
    if (end < before || end > entries) return damaged;
    before = end;
  }
  for (std::size_t i = 0; i < entries; ++i) {
    const auto topic = static_cast<unsigned char>(bytes[table.entries_ + i * sizeof(TableEntry)]);
    if (topic >= topics) return damaged;
  }
  return table;
}

bool TopicTable::has_topics_of(const TopicTable& other) const {
  return std::equal(topics_.begin(), topics_.end(), other.topics_.begin(), other.topics_.end(),
                    [](const TableTopic& a, const TableTopic& b) {
                      return a.code == b.code && a.parent == b.parent;
                    });
}

const TopicTable& TopicTable::shipped() {
  static const TopicTable kTable = [] {
    Result<TopicTable> table = open(models::topics_bin());
    CHECK(table);
    return *std::move(table);
  }();
  return kTable;
}

std::span<const TableEntry> TopicTable::find(std::uint32_t hash) const {
  const std::size_t bucket = hash >> (32 - bucket_bits_);
  const std::uint32_t end = read(buckets_ + (bucket + 1) * 4);
  for (std::uint32_t i = read(buckets_ + bucket * 4); i < end; ++i) {
    const std::size_t at = features_ + std::size_t{i} * kFeatureBytes;
    if (read(at) != hash) continue;
    const std::uint32_t first = i == 0 ? 0 : read(at - kFeatureBytes + 4);
    const char* entries = bytes_.data() + entries_ + std::size_t{first} * sizeof(TableEntry);
    return {reinterpret_cast<const TableEntry*>(entries), read(at + 4) - first};
  }
  return {};
}

}  // namespace tidings::analyze
