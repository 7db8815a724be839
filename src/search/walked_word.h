// A word of one form in one segment as ranking walks through it: in parts, its blocks, of each of
// which is known what it adds to a score at most.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "search/ranked_query.h"

namespace tidings::search {

// Borrows the segment and the scoring. For one thread.
class WalkedWord {
 public:
  // `leaf` is a word that has one form in the segment.
  WalkedWord(const RankedSegment& segment, const Leaf& leaf, const Scoring& scoring);

  // Of a word in so few documents that nothing is known of their block: looks at them all, so that
  // its bounds are what it does add.
  void look_closer();

  // What it adds to a score at most.
  float most() const { return most_; }
  std::uint32_t parts() const { return static_cast<std::uint32_t>(bounds_.size()); }
  float bound(std::uint32_t part) const { return bounds_[part]; }
  // The part's documents are between these.
  std::uint32_t first(std::uint32_t part) const { return word_->block_first(part); }
  std::uint32_t last(std::uint32_t part) const { return word_->block_last(part); }

  // What it adds at most to the score of one document, of so much norm.
  float bound_at(std::uint32_t document, float norm) {
    if (is_short_) return weight_at(document, norm);
    if (document < first_ || document > last_) go_to_part_of(document);
    return bound_;
  }
  // Of a document from `first` to `last`; where that would take long to say, most().
  float bound_between(std::uint32_t first, std::uint32_t last) const;

  float weight(float frequency, float norm) const { return idf_ * term_weight(frequency, norm); }
  // What it does add; 0 where the document does not have it.
  float weight_at(std::uint32_t document, float norm) const {
    const float frequency = word_->frequency(document, *scoring_);
    return frequency > 0 ? weight(frequency, norm) : 0;
  }
  bool has(std::uint32_t document) const { return word_->frequency(document, *scoring_) > 0; }

  // Calls `each` with (document, norm, weight) of the part's documents to which it may add so much.
  template <class Each>
  void each_in(std::uint32_t part, float wanted, Each&& each) const {
    word_->each_in_block(part, *scoring_, WantedWeight(wanted / idf_),
                         [&](std::uint32_t document, float frequency, float norm) {
                           each(document, norm, weight(frequency, norm));
                         });
  }

 private:
  void go_to_part_of(std::uint32_t document);

  WordMatcher* word_;
  const Scoring* scoring_;
  float idf_;
  bool is_short_;
  std::vector<float> bounds_;  // by part
  float most_ = 0;
  // Where bound_at() was asked last.
  std::uint32_t first_ = kNoDocument, last_ = 0;
  float bound_ = 0;
};

}  // namespace tidings::search
