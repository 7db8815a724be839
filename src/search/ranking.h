// Which of the documents that match are the best, without looking at all of them: words that cannot
// lift a document to the threshold by themselves are only looked up (MAXSCORE: Turtle and Flood,
// 1995), and blocks or windows of documents are passed over by what they can hold at most
// (block-max indexes: Ding and Suel, "Faster Top-k Document Retrieval Using Block-Max Indexes",
// 2011).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/time.h"
#include "model/query.h"
#include "ports/search_index.h"
#include "search/hits.h"
#include "search/matcher.h"
#include "search/snapshot.h"

namespace tidings::search {

// A score is BM25 over title and text. Where there is a time, it is times
// kOldWorth + (1 − kOldWorth) · 2^(−age / kRecencyHalfLife).
inline constexpr double kOldWorth = 0.4;
inline constexpr std::chrono::hours kRecencyHalfLife{7 * 24};

struct RankingSettings {
  std::size_t hits_max = 10;
  PerStory per_story = PerStory::All;
  bool with_titles = true;  // words in titles count for more
  std::optional<Time> now;  // what is new counts for more
};

double recency(std::int64_t published, Time now);

// What made the score of a hit.
ScoreExplanation explain(const Snapshot& snapshot, const Query& query,
                         const RankingSettings& settings, const Hit& hit);

// The best first. Queries without words: the newest first, without scores.
std::vector<Hit> best(const Snapshot& snapshot, const Query& query,
                      const RankingSettings& settings);

enum class Direction : std::uint8_t { NewestFirst, OldestFirst };
std::vector<Hit> in_order(const Snapshot& snapshot, const Query& query, Direction direction,
                          std::size_t hits_max, PerStory per_story = PerStory::All);

}  // namespace tidings::search
