// The best documents by score, of several segments.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/time.h"
#include "search/hits.h"
#include "search/ranking.h"
#include "search/snapshot.h"

namespace tidings::search {

// Borrows the snapshot. For one thread.
class TopHits {
 public:
  TopHits(const Snapshot& snapshot, const RankingSettings& settings)
      : snapshot_(snapshot),
        settings_(settings),
        best_(settings.hits_max, settings.per_story, IsBetter{&snapshot}) {}

  // What scores less is of no use.
  float threshold() const { return best_.threshold(); }
  // The same of sums that other roundings made.
  float threshold_of_sums() const {
    constexpr float kRoundedDown = 0.99999F;
    return threshold() * kRoundedDown;
  }
  bool is_full() const { return best_.is_full(); }
  // Of what was found before by another way, which is to be found anew.
  void raise_threshold(float score) { best_.raise_threshold(score); }
  // How much a document's score counts for, 1 at most; of those after it no more.
  float recency_of(std::uint32_t segment, std::uint32_t document) const {
    return settings_.now ? recency_at(*settings_.now, segment, document) : 1;
  }
  // `score`: without recency.
  void offer(std::uint32_t segment, std::uint32_t document, float score);
  // Of equal scores the newest counts: whether none that scores so much, from the document on, can
  // be among the best.
  bool is_beaten(float bound, std::uint32_t segment, std::uint32_t document) const;
  std::vector<Hit> take();

 private:
  // Columns are far apart in memory: of what is not kept in the end they are not read.
  struct Found {
    float score = 0;
    std::uint32_t segment = 0;
    std::uint32_t document = 0;
    std::int64_t story = 0;  // where only the best of each story is wanted
  };
  // As Hit is ordered.
  struct IsBetter {
    const Snapshot* snapshot;
    bool operator()(const Found& a, const Found& b) const;
  };

  float recency_at(Time now, std::uint32_t segment, std::uint32_t document) const;

  const Snapshot& snapshot_;
  const RankingSettings& settings_;
  BestOf<Found, IsBetter> best_;
};

}  // namespace tidings::search
