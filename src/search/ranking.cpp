#include "search/ranking.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "query/canonical.h"
#include "search/ranked_query.h"

namespace tidings::search {
namespace {

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

// Words of several forms are looked up in every one of them: reading them window by window is
// quicker then.
bool is_of_single_forms(const RankedQuery& query) {
  if (query.shape() != QueryShape::AnyOfWords && query.shape() != QueryShape::AllOfWords)
    return false;
  return std::ranges::all_of(query.segments(), [](const RankedSegment& segment) {
    return std::ranges::all_of(segment.leaves, [](const Leaf& leaf) {
      return leaf.word().is_one_form() || !leaf.word().has_forms();
    });
  });
}

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
  RankedQuery ranked(snapshot, query, settings);
  const std::vector<std::string> terms = terms_of(query);
  const RankedSegment& segment = ranked.segments()[hit.segment];
  const float norm = ranked.scoring().norms[segment.length_codes()[hit.document]];
  ScoreExplanation explanation{
      .recency = TopHits(snapshot, settings).recency_of(hit.segment, hit.document),
      .words = segment.view->segment->columns().words()[hit.document],
      .mean_words = snapshot.mean_words};
  for (const Leaf& leaf : segment.leaves) {
    const float frequency = leaf.visit(
        [&](auto& part) { return part.frequency_in_scores(hit.document, ranked.scoring()); });
    if (frequency > 0)
      explanation.parts.push_back({.term = terms[leaf.scored.leaf],
                                   .frequency = frequency,
                                   .rarity = leaf.idf,
                                   .weight = term_weight(frequency, norm)});
  }
  return explanation;
}

std::vector<Hit> best(const Snapshot& snapshot, const Query& query,
                      const RankingSettings& settings) {
  RankedQuery ranked(snapshot, query, settings);
  if (!ranked.has_words())
    return in_order(snapshot, query, Direction::NewestFirst, settings.hits_max, settings.per_story);
  TopHits hits(snapshot, settings);
  if (is_of_single_forms(ranked) && rank_words(ranked, hits)) return hits.take();
  TopHits others(snapshot, settings);
  others.raise_threshold(hits.threshold_of_sums());
  rank_windows(ranked, others);
  return others.take();
}

}  // namespace tidings::search
