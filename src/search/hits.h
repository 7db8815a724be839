// The best of what was found.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace tidings::search {

struct Hit {
  std::uint32_t segment = 0;  // of the snapshot
  std::uint32_t document = 0;
  float score = 0;
  std::int64_t published = 0;
  std::int64_t id = 0;
  std::int64_t story = 0;

  // The better comes first; equal ones do not exist: ids differ.
  friend bool operator<(const Hit& a, const Hit& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.published != b.published) return a.published > b.published;
    return a.id > b.id;
  }
};

enum class PerStory : std::uint8_t { All, Best };

// Keeps the best of what has a `score` and a `story` (0: none), or the best of each story.
// `IsBetter` orders them totally, by their scores first. What it keeps does not depend on the order
// in which it was given them.
template <class Found, class IsBetter = std::less<>>
class BestOf {
 public:
  BestOf(std::size_t found_max, PerStory per_story, IsBetter is_better = {})
      : found_max_(found_max), per_story_(per_story), is_better_(std::move(is_better)) {
    if (found_max == 0) threshold_ = std::numeric_limits<float>::infinity();
  }

  void offer(const Found& found) {
    if (found_max_ == 0 || (is_full() && !is_better_(found, found_.front()))) return;
    const bool is_told = per_story_ == PerStory::Best && found.story != 0 && tell_of_story(found);
    if (!is_told) keep(found);
    if (is_full()) raise_threshold(found_.front().score);
  }
  // What scores less is known to be of no use.
  void raise_threshold(float score) { threshold_ = std::max(threshold_, score); }
  // What scores less is not kept.
  float threshold() const { return threshold_; }
  bool is_full() const { return found_.size() >= found_max_; }
  const Found& worst() const { return found_.front(); }
  std::vector<Found> take() {  // the best first
    std::ranges::sort(found_, is_better_);
    return std::move(found_);
  }

 private:
  void keep(const Found& found) {
    if (is_full()) {
      std::ranges::pop_heap(found_, is_better_);
      found_.back() = found;
    } else {
      found_.push_back(found);
    }
    std::ranges::push_heap(found_, is_better_);
  }
  // Whether there was one of its story already.
  bool tell_of_story(const Found& found) {
    const auto same = std::ranges::find(found_, found.story, &Found::story);
    if (same == found_.end()) return false;
    if (is_better_(found, *same)) {
      *same = found;
      std::ranges::make_heap(found_, is_better_);
    }
    return true;
  }

  std::size_t found_max_;
  PerStory per_story_;
  IsBetter is_better_;
  std::vector<Found> found_;  // a heap, the worst in front
  float threshold_ = -std::numeric_limits<float>::infinity();
};
using BestHits = BestOf<Hit>;

}  // namespace tidings::search
