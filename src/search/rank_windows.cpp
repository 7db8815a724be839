// Windows of documents, the most promising first; within one, words that cannot lift a document to
// the threshold by themselves are only looked up.
#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <span>
#include <utility>

#include "search/ranked_query.h"

namespace tidings::search {
namespace {

constexpr std::size_t kFirstWindows = 8;

struct RankedWindow {
  float bound = 0;
  std::uint32_t segment = 0;
  std::uint32_t number = 0;
};

// As many as a block of the most frequent word takes: what a window can hold at most is known no
// better, and each costs something.
std::uint32_t window_documents(const RankedSegment& segment) {
  double most = 1;
  const auto consider = [&](const WordMatcher& word) {
    most = std::max(most, static_cast<double>(word.documents_max()));
  };
  for (const Leaf& leaf : segment.leaves) {
    if (std::holds_alternative<WordMatcher*>(leaf.scored.part)) {
      consider(leaf.word());
    } else {
      for (const WordMatcher& word : leaf.phrase().words()) consider(word);
    }
  }
  const double documents = segment.view->documents() * (kBlockSize / most);
  constexpr std::uint32_t kLeast = 256;
  return std::clamp(std::bit_ceil(static_cast<std::uint32_t>(std::min(documents, 1e6))), kLeast,
                    kWindowDocuments);
}

class WindowRanking {
 public:
  WindowRanking(RankedQuery& query, TopHits& hits)
      : query_(query), scoring_(query.scoring()), hits_(hits) {}

  void run() {
    std::vector<RankedWindow> windows;
    for (RankedSegment& segment : query_.segments()) add_windows(segment, windows);
    // What the most promising ones hold spares most of the others.
    const std::size_t first = std::min(kFirstWindows, windows.size());
    std::ranges::partial_sort(windows, windows.begin() + static_cast<std::ptrdiff_t>(first),
                              std::greater<>(), &RankedWindow::bound);
    for (const RankedWindow& window : windows) {
      if (window.bound >= hits_.threshold()) evaluate(window);
    }
  }

 private:
  // The window that is looked at.
  struct Current {
    const RankedSegment* segment = nullptr;
    std::uint32_t number = 0;
    Window window;
    float newest = 1;  // the recency of its first document: of none more

    float bound(const Leaf& leaf) const { return leaf.bounds[number]; }
  };

  // Those that can hold something.
  void add_windows(RankedSegment& segment, std::vector<RankedWindow>& windows) const {
    segment.window_documents = window_documents(segment);
    const bool needs_scored = segment.matcher->needs_scored();
    std::vector<float> sums(segment.windows());
    constexpr float kImpossible = -std::numeric_limits<float>::infinity();
    for (Leaf& leaf : segment.leaves) {
      leaf.bounds.resize(sums.size());
      leaf.visit([&](auto& part) {
        part.add_bounds(scoring_, leaf.idf, segment.slack, {leaf.bounds, segment.window_documents});
      });
      for (std::size_t k = 0; k < sums.size(); ++k)
        sums[k] += leaf.scored.is_required && leaf.bounds[k] == 0 ? kImpossible : leaf.bounds[k];
    }
    for (std::uint32_t k = 0; k < sums.size(); ++k) {
      if (sums[k] < 0 || (sums[k] == 0 && needs_scored)) continue;
      const float newest = hits_.recency_of(segment.number, segment.window(k).begin);
      windows.push_back({sums[k] * newest, segment.number, k});
    }
  }

  void evaluate(const RankedWindow& ranked) {
    RankedSegment& segment = query_.segments()[ranked.segment];
    const Window window = segment.window(ranked.number);
    at_ = {.segment = &segment,
           .number = ranked.number,
           .window = window,
           .newest = hits_.recency_of(segment.number, window.begin)};
    switch (segment.shape) {
      case QueryShape::AnyOfWords:
        return evaluate_any(segment);
      case QueryShape::Phrase:
        return evaluate_phrase(segment.leaves.front());
      case QueryShape::AllOfWords:
      case QueryShape::Other:
        return evaluate_matches(segment);
    }
  }

  // Whatever matches.
  void evaluate_matches(RankedSegment& segment) {
    DocumentSet set(at_.window);
    segment.matcher->fill(at_.window, set);
    segment.view->remove_dead(at_.window, set);
    if (set.empty()) return;
    for (const Leaf& leaf : segment.leaves) {
      leaf.visit(
          [&](auto& part) { part.add_scores(at_.window, set, scoring_, leaf.idf, scores_); });
    }
    offer_all(set);
  }

  // And leaves the scores as they were: all 0.
  void offer_all(const DocumentSet& set) {
    set.each([&](std::uint32_t place) {
      offer(at_.window.begin + place, std::exchange(scores_[place], 0.0F));
    });
  }

  void offer(std::uint32_t document, float score) {
    if (score >= hits_.threshold() && !at_.segment->view->is_dead(document))
      hits_.offer(at_.segment->number, document, score);
  }

  // Words that cannot reach the threshold together are only looked up in documents that have one of
  // the others.
  void evaluate_any(RankedSegment& segment) {
    const auto bound = [&](const Leaf* leaf) { return at_.bound(*leaf); };
    order_.clear();
    for (Leaf& leaf : segment.leaves) {
      if (at_.bound(leaf) > 0) order_.push_back(&leaf);
    }
    std::ranges::sort(order_, std::greater<>(), bound);
    std::size_t leading = order_.size();
    float rest = 0;
    while (leading > 0 && (rest + bound(order_[leading - 1])) * at_.newest < hits_.threshold())
      rest += bound(order_[--leading]);
    const std::span<Leaf* const> others = std::span(order_).subspan(leading);
    evaluate_leading(std::span(order_).first(leading), others, rest);
  }

  void evaluate_leading(std::span<Leaf* const> leading, std::span<Leaf* const> others, float rest) {
    DocumentSet set(at_.window);
    for (const Leaf* leaf : leading)
      leaf->word().fill_scores(at_.window, set, scoring_, leaf->idf, scores_);
    if (others.empty()) return offer_all(set);
    const std::uint8_t* lengths = at_.segment->length_codes() + at_.window.begin;
    set.each([&](std::uint32_t place) {
      const float score = std::exchange(scores_[place], 0.0F);
      if ((score + rest) * at_.newest >= hits_.threshold())
        look_up({.document = at_.window.begin + place,
                 .norm = scoring_.norms[lengths[place]],
                 .score = score,
                 .rest = rest},
                others);
    });
  }

  // Calls `each` with (document, frequency, norm).
  template <class Wanted, class Each>
  void each_weighing(WordMatcher& word, const Scoring& scoring, Wanted&& wanted, Each&& each) {
    const float slack = at_.segment->slack;
    if (word.is_one_form()) return word.each_weighing(at_.window, scoring, slack, wanted, each);
    DocumentSet set(at_.window);
    word.fill_frequencies(at_.window, set, scoring, frequencies_);
    const WantedWeight least = wanted();
    const std::uint8_t* lengths = at_.segment->length_codes() + at_.window.begin;
    set.each([&](std::uint32_t place) {
      const float norm = scoring.norms[lengths[place]];
      if (least.admits(frequencies_[place], norm))
        each(at_.window.begin + place, frequencies_[place], norm);
    });
  }

  struct Candidate {
    std::uint32_t document = 0;
    float norm = 0;
    float score = 0;  // so far
    float rest = 0;   // what the words that are not looked up yet can add
  };

  void look_up(Candidate one, std::span<Leaf* const> others) {
    for (const Leaf* other : others) {
      const float frequency = other->word().frequency(one.document, scoring_);
      if (frequency > 0) one.score += other->idf * term_weight(frequency, one.norm);
      one.rest -= at_.bound(*other);
      if ((one.score + one.rest) * at_.newest < hits_.threshold()) return;
    }
    offer(one.document, one.score);
  }

  // Positions are read of those documents alone that the least frequent word would lift high
  // enough.
  void evaluate_phrase(const Leaf& leaf) {
    PhraseMatcher& phrase = leaf.phrase();
    const auto wanted = [&] { return WantedWeight(hits_.threshold() / at_.newest / leaf.idf); };
    each_weighing(phrase.rarest_word(), query_.plain(), wanted,
                  [&](std::uint32_t document, float of_rarest, float norm) {
                    const float most = phrase.frequency_max(document, query_.plain(), of_rarest);
                    const auto score = [&](float frequency) {
                      return leaf.idf * term_weight(frequency, norm);
                    };
                    if (most == 0 || score(most) * at_.newest < hits_.threshold()) return;
                    const std::uint32_t frequency = phrase.frequency(document);
                    if (frequency > 0) offer(document, score(static_cast<float>(frequency)));
                  });
  }

  RankedQuery& query_;
  const Scoring& scoring_;
  TopHits& hits_;
  Current at_;
  std::vector<Leaf*> order_;
  alignas(64) std::array<float, kWindowDocuments> scores_ = {};  // all 0 between two windows
  std::array<float, kWindowDocuments> frequencies_;
};

}  // namespace

void rank_windows(RankedQuery& query, TopHits& hits) {
  WindowRanking(query, hits).run();
}

}  // namespace tidings::search
