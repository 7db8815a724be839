// Matches by time, reading no further than is asked for.
#include <algorithm>

#include "search/ranking.h"

namespace tidings::search {
namespace {

constexpr std::uint32_t kFirstWindow = 64;  // grows: few are wanted, and the next ones are near

class InOrder {
 public:
  InOrder(const Snapshot& snapshot, Direction direction, std::size_t hits_max, PerStory per_story)
      : snapshot_(snapshot), direction_(direction), hits_(hits_max, per_story) {}

  void add(std::uint32_t number, Matcher& matcher) {
    const SegmentView& view = snapshot_.segments[number];
    if (direction_ == Direction::NewestFirst) {
      add_newest(number, view, matcher);
    } else {
      add_oldest(number, view, matcher);
    }
  }
  std::vector<Hit> take() {
    std::vector<Hit> hits = hits_.take();
    for (Hit& hit : hits) turn(hit);
    return hits;
  }

 private:
  // The oldest is best where that is asked for.
  void turn(Hit& hit) const {
    if (direction_ == Direction::NewestFirst) return;
    hit.published = ~hit.published;  // turns every number, also the smallest
    hit.id = ~hit.id;
  }
  Hit hit_of(std::uint32_t number, const SegmentView& view, std::uint32_t document) const {
    const Columns& columns = view.segment->columns();
    Hit hit{.segment = number,
            .document = document,
            .published = columns.published(document),
            .id = columns.id(document),
            .story = view.story(document).story};
    turn(hit);
    return hit;
  }
  bool is_too_late(const Hit& hit) const { return hits_.is_full() && !(hit < hits_.worst()); }

  void add_newest(std::uint32_t number, const SegmentView& view, Matcher& matcher) {
    std::uint32_t size = kFirstWindow;
    for (std::uint32_t at = matcher.next(0); at < view.documents();) {
      if (is_too_late(hit_of(number, view, at))) return;
      const Window window{at, std::min(at + size, view.documents())};
      add_window(number, view, matcher, window);
      size = std::min(size * 2, kWindowDocuments);
      if (window.end >= view.documents()) return;
      at = matcher.next(window.end);
    }
  }

  void add_oldest(std::uint32_t number, const SegmentView& view, Matcher& matcher) {
    std::uint32_t size = kFirstWindow;
    for (std::uint32_t end = view.documents(); end > 0;) {
      if (is_too_late(hit_of(number, view, end - 1))) return;
      const Window window{end - std::min(size, end), end};
      if (matcher.next(window.begin) < end) add_window(number, view, matcher, window);
      size = std::min(size * 2, kWindowDocuments);
      end = window.begin;
    }
  }

  void add_window(std::uint32_t number, const SegmentView& view, Matcher& matcher, Window window) {
    DocumentSet set(window);
    matcher.fill(window, set);
    if (view.dead) {
      set.each([&](std::uint32_t place) {
        if (view.is_dead(window.begin + place)) set.reset(place);
      });
    }
    set.each([&](std::uint32_t place) { hits_.offer(hit_of(number, view, window.begin + place)); });
  }

  const Snapshot& snapshot_;
  Direction direction_;
  BestHits hits_;
};

}  // namespace

std::vector<Hit> in_order(const Snapshot& snapshot, const Query& query, Direction direction,
                          std::size_t hits_max, PerStory per_story) {
  InOrder found(snapshot, direction, hits_max, per_story);
  std::vector<Expansion> expansions = expansions_of(query);
  for (std::uint32_t i = 0; i < snapshot.segments.size(); ++i) {
    Matcher matcher(snapshot.segments[i], query, expansions);
    found.add(i, matcher);
  }
  return found.take();
}

}  // namespace tidings::search
