#include "search/ranked_query.h"

#include <algorithm>
#include <cmath>

namespace tidings::search {
namespace {

// How rare a word is in all segments together (Robertson's weight, never negative).
double rarity(std::uint64_t documents, double with_word) {
  const auto all = static_cast<double>(documents);
  const double having = std::min(with_word, all);
  return std::log1p((all - having + 0.5) / (having + 0.5));
}

// Adds in how many documents of a segment its words are, at most: of a phrase each.
void add_documents(const Matcher::Scored& scored, std::vector<double>& documents) {
  const auto add = [&](std::size_t i, const WordMatcher& word) {
    if (i >= documents.size()) documents.resize(i + 1);
    documents[i] += static_cast<double>(word.documents_max());
  };
  if (WordMatcher* const* word = std::get_if<WordMatcher*>(&scored.part)) return add(0, **word);
  const auto words = std::get<PhraseMatcher*>(scored.part)->words();
  for (std::size_t i = 0; i < words.size(); ++i) add(i, words[i]);
}

QueryShape shape_of(const Matcher& matcher) {
  if (matcher.is_any_of_words()) return QueryShape::AnyOfWords;
  if (matcher.is_all_of_words()) return QueryShape::AllOfWords;
  return matcher.is_phrase() ? QueryShape::Phrase : QueryShape::Other;
}

}  // namespace

Window RankedSegment::window(std::uint32_t number) const {
  const std::uint32_t begin = number * window_documents;
  return {begin, std::min(begin + window_documents, view->documents())};
}

RankedQuery::RankedQuery(const Snapshot& snapshot, const Query& query,
                         const RankingSettings& settings)
    : scoring_(snapshot.mean_words, settings.with_titles), plain_(snapshot.mean_words, false) {
  std::vector<Expansion> expansions = expansions_of(query);
  segments_.reserve(snapshot.segments.size());
  for (const SegmentView& view : snapshot.segments) {
    RankedSegment& segment = segments_.emplace_back();
    segment.number = static_cast<std::uint32_t>(segments_.size() - 1);
    segment.view = &view;
    segment.matcher = std::make_unique<Matcher>(view, query, expansions);
    segment.shape = shape_of(*segment.matcher);
    const double mean = view.segment->columns().mean_words();
    segment.slack =
        static_cast<float>(std::max(snapshot.mean_words / mean, mean / snapshot.mean_words));
    const std::vector<Matcher::Scored> scored = segment.matcher->scored();
    segment.leaves.reserve(scored.size());
    for (const Matcher::Scored& one : scored) segment.leaves.push_back({.scored = one});
  }
  set_rarity(snapshot);
}

// The same word has the same weight everywhere: leaves are paired by their numbers.
void RankedQuery::set_rarity(const Snapshot& snapshot) {
  std::vector<std::vector<double>> documents;
  for (const RankedSegment& segment : segments_) {
    for (const Leaf& leaf : segment.leaves) {
      if (leaf.scored.leaf >= documents.size()) documents.resize(leaf.scored.leaf + 1);
      add_documents(leaf.scored, documents[leaf.scored.leaf]);
    }
  }
  std::vector<float> rarities;
  rarities.reserve(documents.size());
  for (const std::vector<double>& words : documents) {
    double sum = 0;
    for (const double count : words) sum += rarity(snapshot.documents, count);
    rarities.push_back(static_cast<float>(sum));
  }
  for (RankedSegment& segment : segments_) {
    for (Leaf& leaf : segment.leaves) leaf.idf = rarities[leaf.scored.leaf];
  }
}

}  // namespace tidings::search
