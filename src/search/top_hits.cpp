#include "search/top_hits.h"

#include <tuple>

namespace tidings::search {

bool TopHits::IsBetter::operator()(const Found& a, const Found& b) const {
  if (a.score != b.score) return a.score > b.score;
  // The documents of a segment stand in that order.
  if (a.segment == b.segment) return a.document < b.document;
  const auto key = [&](const Found& one) {
    const Columns& columns = snapshot->segments[one.segment].segment->columns();
    return std::pair(columns.published(one.document), columns.id(one.document));
  };
  return key(a) > key(b);
}

float TopHits::recency_at(Time now, std::uint32_t segment, std::uint32_t document) const {
  const Columns& columns = snapshot_.segments[segment].segment->columns();
  return static_cast<float>(recency(columns.published(document), now));
}

void TopHits::offer(std::uint32_t segment, std::uint32_t document, float score) {
  if (score < threshold()) return;
  Found found{
      .score = score * recency_of(segment, document), .segment = segment, .document = document};
  if (settings_.per_story == PerStory::Best)
    found.story = snapshot_.segments[segment].story(document).story;
  best_.offer(found);
}

bool TopHits::is_beaten(float bound, std::uint32_t segment, std::uint32_t document) const {
  if (!is_full() || settings_.now || bound > threshold()) return false;
  if (document >= snapshot_.segments[segment].documents()) return false;
  return IsBetter{&snapshot_}(best_.worst(),
                              {.score = threshold(), .segment = segment, .document = document});
}

std::vector<Hit> TopHits::take() {
  const std::vector<Found> best = best_.take();
  std::vector<Hit> hits;
  hits.reserve(best.size());
  for (const Found& one : best) {
    const SegmentView& view = snapshot_.segments[one.segment];
    hits.push_back({.segment = one.segment,
                    .document = one.document,
                    .score = one.score,
                    .published = view.segment->columns().published(one.document),
                    .id = view.segment->columns().id(one.document),
                    .story = view.story(one.document).story});
  }
  return hits;
}

}  // namespace tidings::search
