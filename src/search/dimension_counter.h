// Counts articles by what they have in one dimension, segment after segment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
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
  // Documents are counted apart in so many buckets.
  DimensionCounter(Dimension dimension, std::size_t buckets)
      : dimension_(dimension), buckets_(buckets) {}

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
  struct Sum {
    std::string text;
    Bucket total;
    std::vector<Bucket> buckets;
  };
  void add_number(std::uint32_t number, std::size_t bucket, std::int8_t sentiment) {
    count(sentiment, totals_[number]);
    if (has_buckets_) count(sentiment, by_bucket_[number * buckets_ + bucket]);
  }

  Dimension dimension_;
  std::size_t buckets_;
  bool has_buckets_ = false, is_cut_short_ = false;
  // Of this segment, by number.
  const NumberColumn* column_ = nullptr;
  std::vector<Bucket> totals_;
  std::vector<Bucket> by_bucket_;  // number · buckets + bucket; where there are several buckets
  std::map<std::string, Sum> sums_;
};

}  // namespace tidings::search
