// One word alone: what a block of its postings holds at most says which of them are looked at.
#include <algorithm>
#include <limits>

#include "search/ranked_query.h"

namespace tidings::search {
namespace {

// What the first ones give spares most of the others.
constexpr std::size_t kFirstBlocks = 8;

// The most promising ones.
std::vector<std::uint32_t> best_blocks(const WordMatcher& word, const Scoring& scoring) {
  std::vector<std::pair<float, std::uint32_t>> best;  // by lightness: a heap, the most in front
  best.reserve(kFirstBlocks);
  for (std::uint32_t block = 0; block < word.blocks(); ++block) {
    const float lightness = word.block_lightness(block, scoring);
    if (best.size() == kFirstBlocks) {
      if (lightness >= best.front().first) continue;
      std::ranges::pop_heap(best);
      best.pop_back();
    }
    best.emplace_back(lightness, block);
    std::ranges::push_heap(best);
  }
  std::ranges::sort(best);
  std::vector<std::uint32_t> blocks;
  blocks.reserve(best.size());
  for (const auto& [lightness, block] : best) blocks.push_back(block);
  return blocks;
}

class BlockRanking {
 public:
  BlockRanking(const RankedQuery& query, const RankedSegment& segment, TopHits& hits)
      : scoring_(query.scoring()),
        segment_(segment),
        hits_(hits),
        word_(segment.leaves.front().word()),
        idf_(segment.leaves.front().idf) {}

  // The most promising blocks first, then the others in their order.
  void run() {
    const std::vector<std::uint32_t> first = best_blocks(word_, scoring_);
    for (const std::uint32_t block : first) {
      if (may_count(block)) look_at(block);
    }
    const float factor = idf_ * segment_.slack;
    for (std::uint32_t block = 0; block < word_.blocks(); ++block) {
      // Most blocks are passed over by a comparison, the others looked at exactly.
      if (word_.block_lightness(block, scoring_) > heaviest_wanted(factor)) continue;
      if (may_count(block) && std::ranges::find(first, block) == first.end()) look_at(block);
    }
  }

 private:
  bool may_count(std::uint32_t block) const {
    const float bound = word_.block_bound(block, scoring_) * idf_ * segment_.slack;
    return bound >= hits_.threshold() &&
           !hits_.is_beaten(bound, segment_.number, word_.block_begin(block));
  }

  void look_at(std::uint32_t block) {
    const WantedWeight wanted(hits_.threshold() / idf_);
    word_.each_in_block(block, scoring_, wanted,
                        [&](std::uint32_t document, float frequency, float norm) {
                          const float score = idf_ * term_weight(frequency, norm);
                          if (score >= hits_.threshold() && !segment_.view->is_dead(document))
                            hits_.offer(segment_.number, document, score);
                        });
  }

  // The lightness above which nothing reaches the threshold any more, rounded up.
  float heaviest_wanted(float factor) const {
    constexpr float kRoundedUp = 1.00001F;
    if (!hits_.is_full() || hits_.threshold() <= 0) return std::numeric_limits<float>::infinity();
    return (factor / hits_.threshold() - 1) * kRoundedUp + (kRoundedUp - 1);
  }

  const Scoring& scoring_;
  const RankedSegment& segment_;
  TopHits& hits_;
  WordMatcher& word_;
  float idf_;
};

}  // namespace

void rank_blocks(RankedQuery& query, TopHits& hits) {
  for (const RankedSegment& segment : query.segments()) {
    if (segment.leaves.front().word().has_forms()) BlockRanking(query, segment, hits).run();
  }
}

}  // namespace tidings::search
