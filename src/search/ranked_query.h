// A query as ranking sees it: its words and phrases in every segment, and what they are worth.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "model/query.h"
#include "search/matcher.h"
#include "search/ranking.h"
#include "search/scoring.h"
#include "search/snapshot.h"
#include "search/top_hits.h"

namespace tidings::search {

// A word or phrase of the query in one segment.
struct Leaf {
  Matcher::Scored scored;
  float idf = 0;
  std::vector<float> bounds;  // by window

  WordMatcher& word() const { return *std::get<WordMatcher*>(scored.part); }
  PhraseMatcher& phrase() const { return *std::get<PhraseMatcher*>(scored.part); }
  template <class Call>
  auto visit(Call&& call) const {
    return std::visit([&](auto* part) { return call(*part); }, scored.part);
  }
};

// What the query is made of decides how its windows are walked through.
enum class QueryShape : std::uint8_t { AnyOfWords, AllOfWords, Phrase, Other };

struct RankedSegment {
  std::uint32_t number = 0;  // of the snapshot's segments
  const SegmentView* view = nullptr;
  std::unique_ptr<Matcher> matcher;
  QueryShape shape = QueryShape::Other;
  std::vector<Leaf> leaves;  // of an AllOfWords: the rarest first
  // Of a block the document that weighs most by the segment's own mean length is known. By another
  // mean others can weigh more, at most by the ratio of the two, whichever is larger.
  float slack = 1;
  std::uint32_t window_documents = kWindowDocuments;

  const std::uint8_t* length_codes() const {
    return view->segment->columns().length_codes().data();
  }
  std::uint32_t windows() const {
    return (view->documents() + window_documents - 1) / window_documents;
  }
  Window window(std::uint32_t number) const;
};

// Borrows the snapshot and the query. For one thread.
class RankedQuery {
 public:
  RankedQuery(const Snapshot& snapshot, const Query& query, const RankingSettings& settings);

  std::vector<RankedSegment>& segments() { return segments_; }
  const std::vector<RankedSegment>& segments() const { return segments_; }
  // With weights of words in titles, or without: of phrases.
  const Scoring& scoring() const { return scoring_; }
  const Scoring& plain() const { return plain_; }
  bool has_words() const { return !segments_.empty() && !segments_.front().leaves.empty(); }
  // What it is in every segment.
  QueryShape shape() const {
    return segments_.empty() ? QueryShape::Other : segments_.front().shape;
  }

 private:
  void set_rarity(const Snapshot& snapshot);

  const Scoring scoring_, plain_;
  std::vector<RankedSegment> segments_;
};

// Of words of one form each, of which any will do or all must be there: led by the rarest. False
// where it turned out that windows are quicker: then `hits` is no answer, but its threshold holds.
[[nodiscard]] bool rank_words(RankedQuery& query, TopHits& hits);
// Of any: windows of documents, the most promising first.
void rank_windows(RankedQuery& query, TopHits& hits);

}  // namespace tidings::search
