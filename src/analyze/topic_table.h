// The table of the shipped topics: which words, in which language, speak for which of IPTC's Media
// Topics. Read in place.
//
// The file, little-endian: kTopicTableMagic; u32 topics, features, entries, bucket bits, bytes of
// labels; f32 bias, odds and amount of the top level, then of the second; by topic u32 code, u32
// parent (its own place where it has none), u32 end of its label; u32 bucket offsets (2^bits + 1);
// by feature, ascending, u32 hash and u32 end of its entries; by entry u8 topic and u8 weight in
// kTopicWeightSteps; the labels.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/topic_score.h"
#include "core/result.h"

namespace tidings::analyze {

inline constexpr std::string_view kTopicTableMagic = "TIDTPCS2";
inline constexpr float kTopicWeightSteps = 32;  // to 1
inline constexpr std::size_t kTableTopicsMax = 255;

// What a stem of a language, a form of which other forms have nothing, a pair of stems that follow
// each other, and a feed's category tag are found under.
std::uint32_t topic_stem_hash(std::string_view language, std::string_view stem);
std::uint32_t topic_form_hash(std::string_view language, std::string_view lower);
std::uint32_t topic_pair_hash(std::uint32_t first, std::uint32_t second);
std::uint32_t topic_tag_hash(
    std::string_view tag);  // of any letter case, with spaces around or not

struct TableTopic {
  std::uint32_t code = 0;    // 15000000
  std::uint32_t parent = 0;  // place in the table; its own for a top-level topic
  std::string_view label;
};

struct TableEntry {
  std::uint8_t topic = 0;  // place in the table
  std::uint8_t weight = 0;
};

// What makes scores of evidence: that of the second level is a share of its parent's.
struct TopicLevels {
  TopicScoring top, second;
};

class TopicTable {
 public:
  // Borrows `bytes`. Corrupt when they are not a whole table.
  static Result<TopicTable> open(std::string_view bytes);

  // The table in the program.
  static const TopicTable& shipped();

  std::span<const TableTopic> topics() const { return topics_; }
  std::size_t feature_count() const { return feature_count_; }
  const TopicLevels& scoring() const { return scoring_; }

  // Whether both number the same topics in the same way.
  bool has_topics_of(const TopicTable& other) const;

  // What a feature speaks for; empty where it is unknown.
  std::span<const TableEntry> find(std::uint32_t hash) const;

  struct Feature {
    std::uint32_t hash = 0;
    std::vector<TableEntry> entries;
  };
  // `features` in ascending order of their hashes.
  static std::string write(std::span<const TableTopic> topics, std::span<const Feature> features,
                           const TopicLevels& scoring = {});

 private:
  std::uint32_t read(std::size_t offset) const;

  std::string_view bytes_;
  TopicLevels scoring_;
  std::vector<TableTopic> topics_;
  std::size_t feature_count_ = 0;
  std::uint32_t bucket_bits_ = 0;
  std::size_t buckets_ = 0, features_ = 0, entries_ = 0;
};

}  // namespace tidings::analyze
