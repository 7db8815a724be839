#include "search/walked_word.h"

namespace tidings::search {

WalkedWord::WalkedWord(const RankedSegment& segment, const Leaf& leaf, const Scoring& scoring)
    : word_(&leaf.word()), scoring_(&scoring), idf_(leaf.idf), is_short_(word_->is_short()) {
  if (is_short_) {
    bounds_.push_back(idf_);  // no weight is more than 1
  } else {
    bounds_.resize(word_->blocks());
    const float factor = idf_ * segment.slack;
    for (std::uint32_t block = 0; block < bounds_.size(); ++block)
      bounds_[block] = word_->block_bound(block, scoring) * factor;
  }
  for (const float bound : bounds_) most_ = std::max(most_, bound);
}

void WalkedWord::look_closer() {
  if (!is_short_) return;
  float most = 0;
  each_in(0, 0, [&](std::uint32_t, float, float weight) { most = std::max(most, weight); });
  bounds_.front() = most_ = most;
}

float WalkedWord::bound_between(std::uint32_t first, std::uint32_t last) const {
  constexpr std::uint32_t kFewParts = 8;
  if (is_short_) return most_;
  float most = 0;
  std::uint32_t part = word_->block_of(first);
  for (const std::uint32_t end = part + kFewParts; part < parts(); ++part) {
    if (part == end) return most_;
    most = std::max(most, bound(part));
    if (this->last(part) >= last) break;
  }
  return most;
}

void WalkedWord::go_to_part_of(std::uint32_t document) {
  const std::uint32_t part = word_->block_of(document);
  if (part >= parts()) {  // it has none from there on
    first_ = document;
    last_ = kNoDocument;
    bound_ = 0;
  } else {
    first_ = first(part);
    last_ = last(part);
    bound_ = bound(part);
  }
}

}  // namespace tidings::search
