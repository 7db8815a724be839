// Words of one form each, of which any will do or all must be there. Each document is found by the
// rarest of its words: that one leads, part by part, the most promising ones first, and the others
// are looked up in those documents alone that they can lift to the threshold.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "search/ranked_query.h"
#include "search/walked_word.h"

namespace tidings::search {
namespace {

// What the first ones give spares most of the others.
constexpr std::size_t kFirstParts = 8;

// How many words may be looked up in documents until it is quicker to go through all postings:
// where many words are about as frequent, their bounds together promise what no document holds.
class Budget {
 public:
  explicit Budget(const RankedQuery& query) {
    const RankedSegment& any = query.segments().front();
    if (any.shape == QueryShape::AllOfWords || any.leaves.size() <= kFewWords) return;
    std::uint64_t postings = 0;
    for (const RankedSegment& segment : query.segments()) {
      for (const Leaf& leaf : segment.leaves) postings += leaf.word().documents_max();
    }
    left_ = static_cast<std::int64_t>(kLeast + postings / kPostingsEach);
  }
  void spend() { --left_; }
  bool is_spent() const { return left_ < 0; }

 private:
  static constexpr std::size_t kFewWords = 5;
  static constexpr std::uint64_t kLeast = 16'384, kPostingsEach = 32;
  std::int64_t left_ = std::numeric_limits<std::int64_t>::max();
};

class SegmentRanking {
 public:
  SegmentRanking(const RankedSegment& segment, const Scoring& scoring, TopHits& hits,
                 Budget& budget)
      : segment_(&segment),
        hits_(&hits),
        budget_(&budget),
        needs_all_(segment.shape == QueryShape::AllOfWords) {
    const std::vector<const Leaf*> leaves = rarest_first();
    words_.reserve(leaves.size());
    for (const Leaf* leaf : leaves) words_.push_back({.walked = {segment, *leaf, scoring}});
    for (std::size_t i = words_.size(); i-- > 1;) {
      words_[i].walked.look_closer();
      words_[i - 1].rest = words_[i].rest + words_[i].walked.most();
    }
    first_.reserve(kFirstParts);
  }

  // Calls `each` with (part, bound) of the rarest word.
  template <class Each>
  void each_part(Each&& each) const {
    if (words_.empty()) return;
    const Word& rarest = words_.front();
    for (std::uint32_t part = 0; part < rarest.walked.parts(); ++part)
      each(part, rarest.walked.bound(part) + rarest.rest);
  }
  void look_at_first(std::uint32_t part) {
    first_.push_back(part);
    look_at(0, part);
  }
  void look_at_others() {
    for (std::size_t lead = 0; lead < words_.size(); ++lead) {
      const WalkedWord& word = words_[lead].walked;
      if (word.most() + words_[lead].rest < wanted()) return;
      for (std::uint32_t part = 0; part < word.parts() && !budget_->is_spent(); ++part) {
        if (lead > 0 || std::ranges::find(first_, part) == first_.end()) look_at(lead, part);
      }
      if (needs_all_) return;
    }
  }

 private:
  struct Word {
    WalkedWord walked;
    float rest = 0;   // what those after it add at most
    float bound = 0;  // what it adds at most in the part that is looked at
  };

  // A document of the word that leads.
  struct Candidate {
    std::uint32_t document = 0;
    float norm = 0;
    float score = 0;  // of the words that were looked up
    float rest = 0;   // what the others add at most
  };

  // Those that are in the segment; none where one is not that must be.
  std::vector<const Leaf*> rarest_first() const {
    std::vector<const Leaf*> leaves;
    leaves.reserve(segment_->leaves.size());
    for (const Leaf& leaf : segment_->leaves) {
      if (leaf.word().has_forms()) leaves.push_back(&leaf);
    }
    if (needs_all_ && leaves.size() < segment_->leaves.size()) return {};
    if (segment_->view->documents() == 0) return {};
    std::ranges::sort(leaves, {},
                      [](const Leaf* leaf) { return std::pair(-leaf->idf, leaf->scored.leaf); });
    return leaves;
  }

  float wanted() const { return hits_->threshold_of_sums(); }

  void look_at(std::size_t lead, std::uint32_t part) {
    const WalkedWord& word = words_[lead].walked;
    if (word.bound(part) + words_[lead].rest < wanted()) return;
    const float rest = bound_others(lead, part), bound = word.bound(part) + rest;
    const std::uint32_t first = word.first(part);
    if (first >= segment_->view->documents()) return;  // nobody wrote this
    const float newest = hits_->recency_of(segment_->number, first);
    if (bound * newest < wanted() || hits_->is_beaten(bound, segment_->number, first)) return;
    const float least = wanted() / newest - rest;
    word.each_in(part, least, [&](std::uint32_t document, float norm, float weight) {
      const float recency = hits_->recency_of(segment_->number, document);
      const auto is_beaten = [&](float most) { return most * recency < wanted(); };
      if (!is_beaten(weight + rest)) look_up(lead, {document, norm, weight, rest}, is_beaten);
    });
  }

  // What the words after the one that leads can add in one of its parts.
  float bound_others(std::size_t lead, std::uint32_t part) {
    const WalkedWord& word = words_[lead].walked;
    const std::uint32_t first = word.first(part), last = word.last(part);
    float sum = 0;
    for (std::size_t i = lead + 1; i < words_.size(); ++i) {
      words_[i].bound = words_[i].walked.bound_between(first, last);
      sum += words_[i].bound;
    }
    return sum;
  }

  // The other words, the rarest first: where it is not, little is left.
  template <class IsBeaten>
  void look_up(std::size_t lead, Candidate one, const IsBeaten& is_beaten) {
    for (std::size_t i = lead + 1; i < words_.size(); ++i) {
      WalkedWord& word = words_[i].walked;
      one.rest -= words_[i].bound;
      if (is_beaten(one.score + one.rest + word.bound_at(one.document, one.norm))) return;
      budget_->spend();
      const float weight = word.weight_at(one.document, one.norm);
      if (weight == 0 && needs_all_) return;
      one.score += weight;
      if (is_beaten(one.score + one.rest)) return;
    }
    if (!is_found_before(lead, one.document) && !segment_->view->is_dead(one.document))
      hits_->offer(segment_->number, one.document, one.score);
  }

  // By a word that led before.
  bool is_found_before(std::size_t lead, std::uint32_t document) const {
    return std::ranges::any_of(std::span(words_).first(lead),
                               [&](const Word& word) { return word.walked.has(document); });
  }

  const RankedSegment* segment_;
  TopHits* hits_;
  Budget* budget_;
  bool needs_all_;
  std::vector<Word> words_;           // the rarest first
  std::vector<std::uint32_t> first_;  // parts that were looked at first
};

struct FirstPart {
  float bound = 0;
  std::size_t segment = 0;
  std::uint32_t part = 0;
};

// The most promising of all segments, the best first.
std::vector<FirstPart> first_parts(std::span<const SegmentRanking> segments) {
  std::vector<FirstPart> best;  // a heap, the worst in front
  best.reserve(kFirstParts);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    segments[i].each_part([&](std::uint32_t part, float bound) {
      if (best.size() == kFirstParts) {
        if (bound <= best.front().bound) return;
        std::ranges::pop_heap(best, std::greater<>(), &FirstPart::bound);
        best.pop_back();
      }
      best.push_back({bound, i, part});
      std::ranges::push_heap(best, std::greater<>(), &FirstPart::bound);
    });
  }
  std::ranges::sort(best, std::greater<>(), &FirstPart::bound);
  return best;
}

}  // namespace

bool rank_words(RankedQuery& query, TopHits& hits) {
  Budget budget(query);
  std::vector<SegmentRanking> segments;
  segments.reserve(query.segments().size());
  for (const RankedSegment& segment : query.segments())
    segments.emplace_back(segment, query.scoring(), hits, budget);
  for (const FirstPart& one : first_parts(segments)) segments[one.segment].look_at_first(one.part);
  for (SegmentRanking& segment : segments) segment.look_at_others();
  return !budget.is_spent();
}

}  // namespace tidings::search
