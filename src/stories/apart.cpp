#include "stories/apart.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace tidings::stories {

void Apart::add(std::int64_t first, std::int64_t second) {
  if (first == second) return;
  insert(first, second, next_++);
  if (size() <= kPairsMax) return;
  const auto oldest =
      std::min_element(pairs_.begin(), pairs_.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  remove(oldest->first.first, oldest->first.second);
}

void Apart::insert(std::int64_t first, std::int64_t second, std::uint64_t age) {
  pairs_[{first, second}] = age;
  pairs_[{second, first}] = age;
}

void Apart::remove(std::int64_t first, std::int64_t second) {
  pairs_.erase({first, second});
  pairs_.erase({second, first});
}

void Apart::rename(std::int64_t story, std::int64_t into) {
  std::vector<std::pair<std::int64_t, std::uint64_t>> others;
  for (auto pair = pairs_.lower_bound({story, std::numeric_limits<std::int64_t>::min()});
       pair != pairs_.end() && pair->first.first == story; ++pair)
    others.emplace_back(pair->first.second, pair->second);
  for (const auto& [other, age] : others) {
    remove(story, other);
    if (other != into) insert(into, other, age);
  }
}

void Apart::forget(std::int64_t story) {
  for (auto pair = pairs_.lower_bound({story, std::numeric_limits<std::int64_t>::min()});
       pair != pairs_.end() && pair->first.first == story;) {
    pairs_.erase({pair->first.second, story});
    pair = pairs_.erase(pair);
  }
}

void Apart::save(ByteWriter& out) const {
  out.add(next_);
  out.add(static_cast<std::uint32_t>(size()));
  for (const auto& [pair, age] : pairs_) {
    if (pair.first > pair.second) continue;
    out.add(pair.first);
    out.add(pair.second);
    out.add(age);
  }
}

Result<void> Apart::restore(ByteReader& in) {
  next_ = TRY(in.number<std::uint64_t>());
  const auto count = TRY(in.number<std::uint32_t>());
  if (count > kPairsMax) return corrupt("more pairs of stories were kept than are");
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto first = TRY(in.number<std::int64_t>());
    const auto second = TRY(in.number<std::int64_t>());
    const auto age = TRY(in.number<std::uint64_t>());
    if (first >= second) return corrupt("a pair of stories is not in order");
    insert(first, second, age);
  }
  return {};
}

}  // namespace tidings::stories
