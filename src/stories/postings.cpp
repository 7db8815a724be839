#include "stories/postings.h"

#include <algorithm>

#include "core/check.h"

namespace tidings::stories {
namespace {

// How many postings a block of the class holds: 2, 3, 4, 6, 8, 12, 16, …
std::size_t room_of(std::size_t size_class) {
  return (size_class % 2 == 0 ? std::size_t{2} : std::size_t{3}) << size_class / 2;
}

// Where the story's posting is among those of a block, or would be.
template <class Words>
auto place_of(Words words, std::uint32_t story) {
  return std::lower_bound(words.begin(), words.end(), Posting(story, 0).bits());
}

}  // namespace

std::size_t Postings::count(std::uint32_t term) const {
  const std::uint32_t list = lists_.value(term);
  if (list == 0) return 0;
  return (list & kSingle) != 0 ? 1 : count_of(list);
}

void Postings::set(std::uint32_t term, std::uint32_t story, float weight) {
  CHECK(story < Posting::kStoriesMax);
  const std::uint32_t posting = Posting(story, weight).bits();
  std::uint32_t list = lists_.value(term);
  if (list == 0 || list >> 11 == (kSingle >> 11 | story)) {
    lists_.set(term, kSingle | posting);
    return;
  }
  if ((list & kSingle) != 0) {
    const std::uint32_t single = list & ~kSingle;
    list = take_block(0);
    pool_[list] += 1;
    pool_[list + 1] = single;
    lists_.set(term, list);
  }
  const std::uint32_t before = list;
  const std::size_t count = count_of(list);
  auto at = place_of(block(list), story) - block(list).begin();
  const bool is_known =
      at < static_cast<std::ptrdiff_t>(count) &&
      Posting::of_bits(block(list)[static_cast<std::size_t>(at)]).story() == story;
  if (!is_known) {
    if (count == room_of(size_class_of(list))) list = moved(list, size_class_of(list) + 1);
    const auto first = pool_.begin() + list + 1;
    std::copy_backward(first + at, first + static_cast<std::ptrdiff_t>(count),
                       first + static_cast<std::ptrdiff_t>(count) + 1);
    pool_[list] += 1;
  }
  pool_[list + 1 + static_cast<std::size_t>(at)] = posting;
  if (list != before) lists_.set(term, list);
}

void Postings::remove(std::uint32_t term, std::uint32_t story) {
  std::uint32_t list = lists_.value(term);
  if ((list & kSingle) != 0) {
    lists_.erase(term);
    return;
  }
  const auto at = place_of(block(list), story) - block(list).begin();
  const std::size_t count = count_of(list);
  const auto first = pool_.begin() + list + 1;
  std::copy(first + at + 1, first + static_cast<std::ptrdiff_t>(count), first + at);
  pool_[list] -= 1;
  if (count - 1 == 1) {
    const std::uint32_t last = pool_[list + 1];
    free_block(list);
    lists_.set(term, kSingle | last);
  } else if (const std::size_t size_class = size_class_of(list);
             size_class >= 2 && count - 1 <= room_of(size_class - 2)) {
    // Not at once below the smaller size, or a list at its edge would move each time.
    lists_.set(term, moved(list, size_class - 1));
  }
}

std::uint32_t Postings::take_block(std::size_t size_class) {
  CHECK(size_class < kSizes);
  std::uint32_t at = free_[size_class];
  if (at != 0) {
    free_[size_class] = pool_[at + 1];
  } else {
    at = static_cast<std::uint32_t>(pool_.size());
    pool_.resize(pool_.size() + 1 + room_of(size_class));
    CHECK(pool_.size() < kSingle);
  }
  pool_[at] = static_cast<std::uint32_t>(size_class) << 26;
  return at;
}

void Postings::free_block(std::uint32_t at) {
  const std::size_t size_class = size_class_of(at);
  pool_[at + 1] = free_[size_class];
  free_[size_class] = at;
}

std::uint32_t Postings::moved(std::uint32_t at, std::size_t size_class) {
  const std::uint32_t to = take_block(size_class);
  const std::size_t count = count_of(at);
  std::copy_n(pool_.begin() + at + 1, count, pool_.begin() + to + 1);
  pool_[to] += static_cast<std::uint32_t>(count);
  free_block(at);
  return to;
}

}  // namespace tidings::stories
