// The best of what was found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
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

// Keeps the best hits, or the best of each story. What it keeps does not depend on the order in
// which it was given them.
class BestHits {
 public:
  BestHits(std::size_t hits_max, PerStory per_story) : hits_max_(hits_max), per_story_(per_story) {}

  void offer(const Hit& hit);
  // What scores less is not kept.
  float threshold() const {
    return is_full() ? hits_.front().score : -std::numeric_limits<float>::infinity();
  }
  bool is_full() const { return hits_.size() >= hits_max_; }
  const Hit& worst() const { return hits_.front(); }
  std::vector<Hit> take();  // the best first

 private:
  bool replace_in_story(const Hit& hit);

  std::size_t hits_max_;
  PerStory per_story_;
  std::vector<Hit> hits_;  // a heap, the worst in front
};

}  // namespace tidings::search
