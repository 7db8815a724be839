#include "stories/postings.h"

#include <algorithm>

namespace tidings::stories {

// Where the term's list is, or the unused place where it would be.
std::size_t Postings::find(std::uint32_t term) const {
  const std::size_t mask = lists_.size() - 1;
  std::size_t at = (term * std::uint64_t{0x9E3779B97F4A7C15} >> 32) & mask;
  while (lists_[at].is_used && lists_[at].term != term) at = (at + 1) & mask;
  return at;
}

Postings::Id Postings::add(std::uint32_t term, std::uint32_t story) {
  if (free_ == kNone) {
    free_ = static_cast<Id>(pool_.size());
    pool_.emplace_back();
  }
  const Id id = free_;
  free_ = pool_[id].next;
  if ((used_ + 1) * 4 > lists_.size() * 3) make_room();
  List& list = lists_[find(term)];
  if (!list.is_used) {
    list = {.term = term, .is_used = true};
    ++used_;
  }
  pool_[id] = {.story = story, .next = list.first};
  if (list.first != kNone) pool_[list.first].before = id;
  list.first = id;
  ++list.count;
  return id;
}

void Postings::remove(std::uint32_t term, Id id) {
  List& list = lists_[find(term)];
  const Posting posting = pool_[id];
  if (posting.before == kNone) {
    list.first = posting.next;
  } else {
    pool_[posting.before].next = posting.next;
  }
  if (posting.next != kNone) pool_[posting.next].before = posting.before;
  --list.count;
  pool_[id] = {.next = free_};
  free_ = id;
}

// Forgets lists that are empty again, and grows if that is not enough.
void Postings::make_room() {
  const auto full = static_cast<std::size_t>(
      std::count_if(lists_.begin(), lists_.end(), [](const List& list) { return list.count > 0; }));
  std::vector<List> before(full * 2 > lists_.size() ? lists_.size() * 2 : lists_.size());
  before.swap(lists_);
  used_ = full;
  for (const List& list : before) {
    if (list.count > 0) lists_[find(list.term)] = list;
  }
}

}  // namespace tidings::stories
