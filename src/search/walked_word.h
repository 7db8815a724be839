// A word in one segment as ranking walks through it: in parts, of each of which is known what it
// adds to a score at most. Parts are its blocks or, where it has several forms, windows of
// documents.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "search/ranked_query.h"

namespace tidings::search {

// Borrows the segment and the scoring. For one thread.
class WalkedWord {
 public:
  // `leaf` is a word that has forms in the segment.
  WalkedWord(const RankedSegment& segment, const Leaf& leaf, const Scoring& scoring);

  // Of a word in so few documents that nothing is known of their block: looks at them all, so that
  // its bounds are what it does add.
  void look_closer();

  // What it adds to a score at most.
  float most() const { return most_; }
  std::uint32_t parts() const { return static_cast<std::uint32_t>(bounds_.size()); }
  float bound(std::uint32_t part) const { return bounds_[part]; }
  // The part's documents are between these.
  std::uint32_t first(std::uint32_t part) const {
    return is_in_blocks_ ? word_->block_first(part) : part * kWindowDocuments;
  }
  std::uint32_t last(std::uint32_t part) const {
    return is_in_blocks_ ? word_->block_last(part) : (part + 1) * kWindowDocuments - 1;
  }

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
  void each_in(std::uint32_t part, float wanted, Each&& each) const;

 private:
  std::uint32_t part_of(std::uint32_t document) const {
    return is_in_blocks_ ? word_->block_of(document) : document / kWindowDocuments;
  }
  void go_to_part_of(std::uint32_t document);

  const RankedSegment* segment_;
  WordMatcher* word_;
  const Scoring* scoring_;
  float idf_;
  bool is_in_blocks_, is_short_;
  std::vector<float> bounds_;  // by part
  float most_ = 0;
  // Where bound_at() was asked last.
  std::uint32_t first_ = kNoDocument, last_ = 0;
  float bound_ = 0;
};

template <class Each>
void WalkedWord::each_in(std::uint32_t part, float wanted, Each&& each) const {
  const WantedWeight least(wanted / idf_);
  const auto visit = [&](std::uint32_t document, float frequency, float norm) {
    each(document, norm, weight(frequency, norm));
  };
  if (is_in_blocks_) return word_->each_in_block(part, *scoring_, least, visit);
  const Window window{first(part), std::min(last(part) + 1, segment_->view->documents())};
  DocumentSet set(window);
  std::array<float, kWindowDocuments> frequencies;
  word_->fill_frequencies(window, set, *scoring_, frequencies);
  const std::uint8_t* lengths = segment_->length_codes() + window.begin;
  set.each([&](std::uint32_t place) {
    const float norm = scoring_->norms[lengths[place]];
    if (least.admits(frequencies[place], norm))
      visit(window.begin + place, frequencies[place], norm);
  });
}

}  // namespace tidings::search
