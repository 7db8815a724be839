#include "search/ranking.h"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <utility>

#include "query/canonical.h"

namespace tidings::search {
namespace {

// How rare a word is in all segments together (Robertson's weight, never negative).
double rarity(std::uint64_t documents, std::uint64_t with_word) {
  const auto all = static_cast<double>(documents);
  const double having = std::min(static_cast<double>(with_word), all);
  return std::log1p((all - having + 0.5) / (having + 0.5));
}

// A word or phrase of the query in one segment.
struct Leaf {
  Matcher::Scored scored;
  float idf = 0;
  std::vector<float> bounds;  // by window

  template <class Call>
  auto visit(Call&& call) const {
    return std::visit([&](auto* part) { return call(*part); }, scored.part);
  }
};

struct RankedSegment {
  const SegmentView* view = nullptr;
  std::unique_ptr<Matcher> matcher;
  std::vector<Leaf> leaves;
  float mean_words = 1;

  std::uint32_t window_documents = kWindowDocuments;

  std::uint32_t windows() const {
    return (view->documents() + window_documents - 1) / window_documents;
  }
  Window window(std::uint32_t number) const {
    const std::uint32_t begin = number * window_documents;
    return {begin, std::min(begin + window_documents, view->documents())};
  }
};

struct RankedWindow {
  float bound = 0;
  std::uint32_t segment = 0;
  std::uint32_t number = 0;
};

std::vector<double> word_counts(const Matcher::Scored& scored) {
  if (WordMatcher* const* word = std::get_if<WordMatcher*>(&scored.part))
    return {static_cast<double>((*word)->documents_max())};
  std::vector<double> counts;
  for (const WordMatcher& word : std::get<PhraseMatcher*>(scored.part)->words())
    counts.push_back(static_cast<double>(word.documents_max()));
  return counts;
}

constexpr std::size_t kFirstWindows = 8;

// The query's words and phrases, by their numbers as leaves.
void add_terms(const Query& query, std::vector<std::string>& terms) {
  switch (query.kind) {
    case QueryKind::Word:
    case QueryKind::Prefix:
    case QueryKind::Fuzzy:
    case QueryKind::Phrase:
    case QueryKind::Near:
      terms.push_back(query::to_string(query));
      return;
    default:
      for (const Query& part : query.parts) add_terms(part, terms);
  }
}

std::vector<std::string> terms_of(const Query& query) {
  std::vector<std::string> terms;
  add_terms(query, terms);
  return terms;
}

class Ranking {
 public:
  Ranking(const Snapshot& snapshot, const Query& query, const RankingSettings& settings)
      : snapshot_(snapshot),
        settings_(settings),
        scoring_(snapshot.mean_words, settings.with_titles),
        plain_(snapshot.mean_words, false),
        hits_(settings.hits_max, settings.per_story) {
    std::vector<Expansion> expansions = expansions_of(query);
    segments_.reserve(snapshot.segments.size());
    for (const SegmentView& view : snapshot.segments) {
      RankedSegment& segment = segments_.emplace_back();
      segment.view = &view;
      segment.matcher = std::make_unique<Matcher>(view, query, expansions);
      for (const Matcher::Scored& scored : segment.matcher->scored())
        segment.leaves.push_back({.scored = scored});
    }
    set_rarity();
  }

  bool has_words() const { return !segments_.empty() && !segments_.front().leaves.empty(); }

  ScoreExplanation explain(const Hit& hit, const std::vector<std::string>& terms) {
    const RankedSegment& segment = segments_[hit.segment];
    const Columns& columns = segment.view->segment->columns();
    const float norm = scoring_.norms[columns.length_codes()[hit.document]];
    ScoreExplanation explanation{.recency = recency_of(segment, hit.document),
                                 .words = columns.words()[hit.document],
                                 .mean_words = snapshot_.mean_words};
    for (const Leaf& leaf : segment.leaves) {
      const float frequency =
          leaf.visit([&](auto& part) { return part.frequency_in_scores(hit.document, scoring_); });
      if (frequency > 0)
        explanation.parts.push_back({.term = terms[leaf.scored.leaf],
                                     .frequency = frequency,
                                     .rarity = leaf.idf,
                                     .weight = term_weight(frequency, norm)});
    }
    return explanation;
  }

  std::vector<Hit> run() {
    if (is_one_word()) {
      for (std::uint32_t i = 0; i < segments_.size(); ++i) evaluate_word(i);
      return hits_.take();
    }
    std::vector<RankedWindow> windows = bounded_windows();
    // The most promising first: what they hold spares most of the others.
    const std::size_t first = std::min(kFirstWindows, windows.size());
    std::ranges::partial_sort(windows, windows.begin() + static_cast<std::ptrdiff_t>(first),
                              std::greater<>(), &RankedWindow::bound);
    for (const RankedWindow& window : windows) {
      if (window.bound >= hits_.threshold()) evaluate(window);
    }
    return hits_.take();
  }

 private:
  // The same word has the same weight everywhere: leaves are paired by their numbers.
  void set_rarity() {
    std::vector<std::vector<double>> counts;
    for (const RankedSegment& segment : segments_) {
      for (const Leaf& leaf : segment.leaves) {
        if (leaf.scored.leaf >= counts.size()) counts.resize(leaf.scored.leaf + 1);
        const std::vector<double> here = word_counts(leaf.scored);
        std::vector<double>& sum = counts[leaf.scored.leaf];
        sum.resize(here.size());
        for (std::size_t i = 0; i < here.size(); ++i) sum[i] += here[i];
      }
    }
    for (RankedSegment& segment : segments_) {
      for (Leaf& leaf : segment.leaves) {
        double idf = 0;
        for (const double count : counts[leaf.scored.leaf])
          idf += rarity(snapshot_.documents, static_cast<std::uint64_t>(count));
        leaf.idf = static_cast<float>(idf);
      }
    }
  }

  float recency_of(const RankedSegment& segment, std::uint32_t document) const {
    if (!settings_.now) return 1;
    return static_cast<float>(
        recency(segment.view->segment->columns().published(document), *settings_.now));
  }

  // As many as a block of the most frequent word takes: what a window can hold at most is known no
  // better, and each costs something.
  static std::uint32_t window_documents(const RankedSegment& segment) {
    double most = 1;
    for (const Leaf& leaf : segment.leaves) {
      for (const double count : word_counts(leaf.scored)) most = std::max(most, count);
    }
    const double documents = segment.view->documents() * (kBlockSize / most);
    constexpr std::uint32_t kLeast = 256;
    return std::clamp(std::bit_ceil(static_cast<std::uint32_t>(std::min(documents, 1e6))), kLeast,
                      kWindowDocuments);
  }

  std::vector<RankedWindow> bounded_windows() {
    std::vector<RankedWindow> windows;
    for (std::uint32_t i = 0; i < segments_.size(); ++i) {
      RankedSegment& segment = segments_[i];
      const float slack = slack_of(segment);
      segment.window_documents = window_documents(segment);
      const bool needs_scored = segment.matcher->needs_scored();
      std::vector<float> sums(segment.windows());
      std::vector<bool> is_possible(sums.size(), true);
      for (Leaf& leaf : segment.leaves) {
        leaf.bounds.resize(sums.size());
        leaf.visit([&](auto& part) {
          part.add_bounds(scoring_, leaf.idf, slack, {leaf.bounds, segment.window_documents});
        });
        for (std::size_t k = 0; k < sums.size(); ++k) {
          sums[k] += leaf.bounds[k];
          if (leaf.scored.is_required && leaf.bounds[k] == 0) is_possible[k] = false;
        }
      }
      for (std::uint32_t k = 0; k < sums.size(); ++k) {
        if ((sums[k] == 0 && needs_scored) || !is_possible[k]) continue;
        windows.push_back({sums[k] * recency_of(segment, segment.window(k).begin), i, k});
      }
    }
    return windows;
  }

  bool is_one_word() const {
    return std::ranges::all_of(segments_, [](const RankedSegment& segment) {
      if (!segment.matcher->is_any_of_words() || segment.leaves.size() != 1) return false;
      const WordMatcher& word = *std::get<WordMatcher*>(segment.leaves.front().scored.part);
      return word.is_one_form() || !word.has_forms();
    });
  }

  // Of a block the document that weighs most by the segment's own mean length is known. By another
  // mean others can weigh more, at most by the ratio of the two, whichever is larger.
  float slack_of(const RankedSegment& segment) const {
    const double mean = segment.view->segment->columns().mean_words();
    return static_cast<float>(std::max(snapshot_.mean_words / mean, mean / snapshot_.mean_words));
  }

  // The most promising blocks first, then the others in their order.
  void evaluate_word(std::uint32_t number) {
    RankedSegment& segment = segments_[number];
    const Leaf& leaf = segment.leaves.front();
    WordMatcher& word = *std::get<WordMatcher*>(leaf.scored.part);
    if (!word.has_forms()) return;
    const std::uint8_t* lengths = segment.view->segment->columns().length_codes().data();
    const float factor = leaf.idf * slack_of(segment);
    float wanted = 0;
    const auto consider = [&](std::uint32_t document, float frequency) {
      if (frequency < wanted) return;
      const float score = leaf.idf * term_weight(frequency, scoring_.norms[lengths[document]]);
      if (score >= hits_.threshold() && !segment.view->is_dead(document))
        offer(number, document, score);
    };
    const auto look_at = [&](std::uint32_t block) {
      wanted = frequency_wanted(segment, hits_.threshold() / leaf.idf);
      word.each_in_block(block, scoring_, consider);
    };
    const std::vector<std::uint32_t> first = best_blocks(word);
    std::ranges::for_each(first, look_at);
    for (std::uint32_t block = 0; block < word.blocks(); ++block) {
      // Most blocks are passed over by a comparison, the others looked at exactly.
      if (word.block_lightness(block, scoring_) > heaviest_wanted(factor)) continue;
      const float bound = word.block_bound(block, scoring_) * factor;
      if (bound < hits_.threshold() || is_beaten(bound, segment, word.block_begin(block))) continue;
      if (std::ranges::find(first, block) == first.end()) look_at(block);
    }
  }

  // The least frequency that can weigh so much, in the shortest article: most are told apart
  // without looking up how long they are.
  float frequency_wanted(const RankedSegment& segment, float weight) const {
    constexpr float kRoundedDown = 0.99999F;
    if (weight <= 0) return 0;
    if (weight >= 1) return std::numeric_limits<float>::max();
    const float norm = scoring_.norms[segment.view->segment->shortest()];
    return norm * weight / (1 - weight) * kRoundedDown;
  }

  // The lightness above which nothing reaches the threshold any more, rounded up.
  float heaviest_wanted(float factor) const {
    constexpr float kRoundedUp = 1.00001F;
    if (!hits_.is_full() || hits_.threshold() <= 0) return std::numeric_limits<float>::infinity();
    return (factor / hits_.threshold() - 1) * kRoundedUp + (kRoundedUp - 1);
  }

  // Of equal scores the newest counts: whether none from there on can be among the best.
  bool is_beaten(float bound, const RankedSegment& segment, std::uint32_t document) const {
    if (!hits_.is_full() || settings_.now || bound > hits_.threshold()) return false;
    const Columns& columns = segment.view->segment->columns();
    return document < columns.documents() && columns.published(document) < hits_.worst().published;
  }

  std::vector<std::uint32_t> best_blocks(const WordMatcher& word) const {
    std::vector<std::pair<float, std::uint32_t>> best;  // by lightness: a heap, the most in front
    for (std::uint32_t block = 0; block < word.blocks(); ++block) {
      const float lightness = word.block_lightness(block, scoring_);
      if (best.size() == kFirstWindows && lightness >= best.front().first) continue;
      if (best.size() == kFirstWindows) {
        std::ranges::pop_heap(best);
        best.pop_back();
      }
      best.emplace_back(lightness, block);
      std::ranges::push_heap(best);
    }
    std::vector<std::uint32_t> blocks;
    blocks.reserve(best.size());
    for (const auto& [lightness, block] : best) blocks.push_back(block);
    return blocks;
  }

  void evaluate(const RankedWindow& ranked) {
    RankedSegment& segment = segments_[ranked.segment];
    if (segment.matcher->is_any_of_words()) return evaluate_any(ranked);
    if (segment.matcher->is_all_of_words()) return evaluate_all(ranked);
    const Window window = segment.window(ranked.number);
    if (segment.matcher->is_phrase()) return evaluate_phrase(ranked.segment, window);
    DocumentSet set(window);
    segment.matcher->fill(window, set);
    segment.view->remove_dead(window, set);
    if (set.empty()) return;
    for (const Leaf& leaf : segment.leaves)
      leaf.visit([&](auto& part) { part.add_scores(window, set, scoring_, leaf.idf, scores_); });
    offer_all(ranked, set);
  }

  // And leaves the scores as they were: all 0.
  void offer_all(const RankedWindow& ranked, const DocumentSet& set) {
    const RankedSegment& segment = segments_[ranked.segment];
    const std::uint32_t begin = segment.window(ranked.number).begin;
    set.each([&](std::uint32_t place) {
      const float score = std::exchange(scores_[place], 0.0F);
      if (score >= hits_.threshold() && !segment.view->is_dead(begin + place))
        offer(ranked.segment, begin + place, score);
    });
  }

  enum class Others : std::uint8_t { Required, Optional };

  // Documents of one word, as far as the others can lift them to the threshold: these are looked
  // up, `order_` says in which order.
  void evaluate_lead(const RankedWindow& ranked, Leaf& lead, std::span<Leaf* const> others,
                     Others kind) {
    RankedSegment& segment = segments_[ranked.segment];
    const Window window = segment.window(ranked.number);
    const Lookup lookup{.segment = ranked.segment,
                        .number = ranked.number,
                        .newest = recency_of(segment, window.begin),
                        .slack = slack_of(segment),
                        .kind = kind};
    float rest = 0;
    for (const Leaf* other : others) rest += other->bounds[ranked.number];
    const std::uint8_t* lengths =
        segment.view->segment->columns().length_codes().data() + window.begin;
    const float wanted =
        frequency_wanted(segment, (hits_.threshold() / lookup.newest - rest) / lead.idf);
    const auto consider = [&](std::uint32_t place, float frequency) {
      if (frequency < wanted) return;
      const float norm = scoring_.norms[lengths[place]];
      const float score = lead.idf * term_weight(frequency, norm);
      if ((score + rest) * lookup.newest >= hits_.threshold())
        look_up(lookup, others, window.begin + place, score, rest, norm);
    };
    WordMatcher& word = *std::get<WordMatcher*>(lead.scored.part);
    if (word.is_one_form()) {
      const auto is_wanted = [&](float bound) {
        return (lead.idf * bound * lookup.slack + rest) * lookup.newest >= hits_.threshold();
      };
      return word.each_frequency(window, scoring_, is_wanted, consider);
    }
    DocumentSet set(window);
    word.fill_frequencies(window, set, scoring_, frequencies_);
    set.each([&](std::uint32_t place) { consider(place, frequencies_[place]); });
  }

  struct Lookup {
    std::uint32_t segment = 0, number = 0;
    float newest = 1, slack = 1;
    Others kind = Others::Optional;
  };

  void look_up(const Lookup& lookup, std::span<Leaf* const> others, std::uint32_t document,
               float score, float rest, float norm) {
    for (const Leaf* other : others) {
      WordMatcher& word = *std::get<WordMatcher*>(other->scored.part);
      rest -= other->bounds[lookup.number];
      // What its block says is cheaper than to unpack it.
      const float most = other->idf * word.bound(document, scoring_, lookup.slack);
      if ((score + most + rest) * lookup.newest < hits_.threshold()) return;
      const float frequency = word.frequency(document, scoring_);
      if (frequency == 0 && lookup.kind == Others::Required) return;
      if (frequency > 0) score += other->idf * term_weight(frequency, norm);
      if ((score + rest) * lookup.newest < hits_.threshold()) return;
    }
    if (!segments_[lookup.segment].view->is_dead(document)) offer(lookup.segment, document, score);
  }

  // The rarest leads.
  void evaluate_all(const RankedWindow& ranked) {
    RankedSegment& segment = segments_[ranked.segment];
    order_.clear();
    for (Leaf& leaf : segment.leaves) order_.push_back(&leaf);  // in the order of their documents
    evaluate_lead(ranked, *order_.front(), std::span(order_).subspan(1), Others::Required);
  }

  // Words that cannot reach the threshold together are only looked up in documents that have one of
  // the others.
  void evaluate_any(const RankedWindow& ranked) {
    RankedSegment& segment = segments_[ranked.segment];
    const Window window = segment.window(ranked.number);
    const float newest = recency_of(segment, window.begin);
    const auto bound = [&](const Leaf* leaf) { return leaf->bounds[ranked.number]; };
    order_.clear();
    for (Leaf& leaf : segment.leaves) {
      if (bound(&leaf) > 0) order_.push_back(&leaf);
    }
    std::ranges::sort(order_, std::greater<>(), bound);
    std::size_t leading = order_.size();
    float rest = 0;
    while (leading > 0 && (rest + bound(order_[leading - 1])) * newest < hits_.threshold())
      rest += bound(order_[--leading]);
    const std::span<Leaf* const> others = std::span(order_).subspan(leading);
    if (leading == 1) return evaluate_lead(ranked, *order_.front(), others, Others::Optional);
    DocumentSet set(window);
    for (const Leaf* leaf : std::span(order_).first(leading)) {
      std::get<WordMatcher*>(leaf->scored.part)
          ->fill_scores(window, set, scoring_, leaf->idf, scores_);
    }
    if (others.empty()) return offer_all(ranked, set);
    const Lookup lookup{.segment = ranked.segment,
                        .number = ranked.number,
                        .newest = newest,
                        .slack = slack_of(segment)};
    const std::uint8_t* lengths =
        segment.view->segment->columns().length_codes().data() + window.begin;
    set.each([&](std::uint32_t place) {
      const float score = std::exchange(scores_[place], 0.0F);
      if ((score + rest) * newest >= hits_.threshold())
        look_up(lookup, others, window.begin + place, score, rest, scoring_.norms[lengths[place]]);
    });
  }

  // Positions are read of those documents alone that the least frequent word would lift high
  // enough.
  void evaluate_phrase(std::uint32_t number, Window window) {
    RankedSegment& segment = segments_[number];
    const Leaf& leaf = segment.leaves.front();
    PhraseMatcher& phrase = *std::get<PhraseMatcher*>(leaf.scored.part);
    DocumentSet set(window);
    phrase.fill_candidates(window, set, plain_, frequencies_);
    const float newest = recency_of(segment, window.begin);
    const std::span<const std::uint8_t> lengths = segment.view->segment->columns().length_codes();
    set.each([&](std::uint32_t place) {
      const std::uint32_t document = window.begin + place;
      const auto score = [&](float frequency) {
        return leaf.idf * term_weight(frequency, scoring_.norms[lengths[document]]);
      };
      if (score(frequencies_[place]) * newest < hits_.threshold() ||
          segment.view->is_dead(document))
        return;
      const std::uint32_t frequency = phrase.frequency(document);
      if (frequency > 0) offer(number, document, score(static_cast<float>(frequency)));
    });
  }

  void offer(std::uint32_t number, std::uint32_t document, float score) {
    if (score < hits_.threshold()) return;
    const RankedSegment& segment = segments_[number];
    const Columns& columns = segment.view->segment->columns();
    hits_.offer({.segment = number,
                 .document = document,
                 .score = score * recency_of(segment, document),
                 .published = columns.published(document),
                 .id = columns.id(document),
                 .story = segment.view->story(document).story});
  }

  const Snapshot& snapshot_;
  const RankingSettings& settings_;
  const Scoring scoring_, plain_;  // plain: for phrases
  BestHits hits_;
  std::vector<RankedSegment> segments_;
  std::vector<Leaf*> order_;
  alignas(64) std::array<float, kWindowDocuments> scores_ = {};  // all 0 between two windows
  std::array<float, kWindowDocuments> frequencies_;
};

}  // namespace

double recency(std::int64_t published, Time now) {
  const double age =
      std::max(static_cast<double>(to_micros(now)) - static_cast<double>(published), 0.0);
  const double half_life =
      static_cast<double>(std::chrono::duration_cast<Duration>(kRecencyHalfLife).count());
  return kOldWorth + (1 - kOldWorth) * std::exp2(-age / half_life);
}

ScoreExplanation explain(const Snapshot& snapshot, const Query& query,
                         const RankingSettings& settings, const Hit& hit) {
  return Ranking(snapshot, query, settings).explain(hit, terms_of(query));
}

std::vector<Hit> best(const Snapshot& snapshot, const Query& query,
                      const RankingSettings& settings) {
  Ranking ranking(snapshot, query, settings);
  if (ranking.has_words()) return ranking.run();
  return in_order(snapshot, query, Direction::NewestFirst, settings.hits_max, settings.per_story);
}

}  // namespace tidings::search
