#include "search/hashed_numbers.h"

#include <algorithm>
#include <utility>

namespace tidings::search {

void HashedNumbers::add(std::uint64_t hash, std::uint32_t number) {
  if (++size_ * 4 > slots_.size() * 3) grow();
  place({.low = static_cast<std::uint32_t>(hash),
         .high = static_cast<std::uint32_t>(hash >> 32),
         .number = number});
}

void HashedNumbers::place(const Slot& slot) {
  std::size_t at = home(slot.hash());
  while (!slots_[at].is_free()) at = next(at);
  slots_[at] = slot;
}

void HashedNumbers::grow() {
  constexpr std::size_t kSlotsMin = 16;
  const std::vector<Slot> old =
      std::exchange(slots_, std::vector<Slot>(std::max(kSlotsMin, slots_.size() * 2)));
  for (const Slot& slot : old) {
    if (!slot.is_free()) place(slot);
  }
}

void HashedNumbers::remove(std::uint64_t hash, std::uint32_t number) {
  std::size_t hole = home(hash);
  while (slots_[hole].hash() != hash || slots_[hole].number != number) hole = next(hole);
  // Those behind move up unless that would put them before their home.
  for (std::size_t at = next(hole); !slots_[at].is_free(); at = next(at)) {
    if (distance(home(slots_[at].hash()), at) < distance(hole, at)) continue;
    slots_[hole] = slots_[at];
    hole = at;
  }
  slots_[hole] = {};
  --size_;
}

}  // namespace tidings::search
