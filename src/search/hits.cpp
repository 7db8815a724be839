#include "search/hits.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace tidings::search {

void BestHits::offer(const Hit& hit) {
  if (hits_max_ == 0 || (is_full() && !(hit < hits_.front()))) return;
  if (per_story_ == PerStory::Best && hit.story != 0 && replace_in_story(hit)) return;
  if (is_full()) {
    std::ranges::pop_heap(hits_, std::less<>());
    hits_.back() = hit;
  } else {
    hits_.push_back(hit);
  }
  std::ranges::push_heap(hits_, std::less<>());
}

bool BestHits::replace_in_story(const Hit& hit) {
  const auto same = std::ranges::find(hits_, hit.story, &Hit::story);
  if (same == hits_.end()) return false;
  if (hit < *same) {
    *same = hit;
    std::ranges::make_heap(hits_, std::less<>());
  }
  return true;
}

std::vector<Hit> BestHits::take() {
  std::ranges::sort(hits_, std::less<>());
  return std::move(hits_);
}

}  // namespace tidings::search
