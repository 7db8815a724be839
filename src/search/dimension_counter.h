// Counts articles by what they have in one dimension, segment after segment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ports/search_index.h"
#include "search/columns.h"
#include "search/dimension_column.h"

namespace tidings::search {

inline void count(std::int8_t sentiment, Bucket& bucket) {
  ++bucket.articles;
  if (sentiment == kNoSentiment) return;
  ++bucket.toned;
  bucket.tone_sum += sentiment;
}

// For one thread. For each segment: begin(), add() of its documents, end().
class DimensionCounter {
 public:
  // Documents are counted apart in so many buckets; of the names only some, where there are any.
  DimensionCounter(Dimension dimension, std::size_t buckets, std::span<const std::string> only = {})
      : dimension_(dimension), buckets_(buckets), only_(only.begin(), only.end()) {}

  void begin(const Columns& columns);
  void add(std::uint32_t document, std::size_t bucket, std::int8_t sentiment) {
    if (column_->is_list()) {
      column_->each(document, [&](std::uint32_t number) { add_number(number, bucket, sentiment); });
    } else {
      add_number(column_->at(document), bucket, sentiment);
    }
  }
  void end();

  Dimension dimension() const { return dimension_; }
  // There were too many names in a segment to count them by bucket.
  bool is_cut_short() const { return is_cut_short_; }
  // Those with the most articles; once.
  DimensionCounts take(std::size_t names_max);

 private:
  static constexpr std::size_t kCellsMax = 4'000'000;
  static constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;
  struct Sum {
    std::string text;
    Bucket total;
    std::vector<Bucket> buckets;
  };
  void select_names();
  void add_number(std::uint32_t number, std::size_t bucket, std::int8_t sentiment) {
    const std::uint32_t slot = slots_[number];
    if (slot == kNoSlot) return;
    count(sentiment, totals_[slot]);
    if (has_buckets_) count(sentiment, by_bucket_[slot * buckets_ + bucket]);
  }

  Dimension dimension_;
  std::size_t buckets_;
  std::set<std::string, std::less<>> only_;
  bool has_buckets_ = false, is_cut_short_ = false;
  // Of this segment. A slot is what is counted as one: a name, or all forms of one of `only_`.
  const NumberColumn* column_ = nullptr;
  std::vector<std::uint32_t> slots_;    // by number
  std::vector<std::uint32_t> numbers_;  // one of each slot
  std::vector<Bucket> totals_;          // by slot
  std::vector<Bucket> by_bucket_;       // slot · buckets + bucket; where there are several buckets
  std::map<std::string, Sum> sums_;
};

}  // namespace tidings::search
