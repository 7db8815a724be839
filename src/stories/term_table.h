// A number for each of very many terms, in eight bytes each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tidings::stories {

// Open addressing with linear probing; what is erased leaves no mark (Knuth, TAOCP 3, 6.4,
// algorithm R), so that a table whose terms come and go never degrades. Between 64 and 80 percent
// full once it has grown. For one thread.
class TermTable {
 public:
  struct Slot {
    std::uint32_t term = 0;
    std::uint32_t value = 0;  // 0: the slot is free
  };

  TermTable() = default;
  // With room for so many. What comes in the order of another table's slots needs it: their homes
  // lie in that order, and would crowd the beginning of a small table.
  explicit TermTable(std::size_t terms) : slots_(std::max(kSlotsMin, terms * 5 / 4 + 1)) {}

  // 0 where the term has none.
  std::uint32_t value(std::uint32_t term) const { return slots_[find(term)].value; }
  // `value` is not 0.
  void set(std::uint32_t term, std::uint32_t value) {
    if ((used_ + 1) * 5 > slots_.size() * 4) grow();
    Slot& slot = slots_[find(term)];
    if (slot.value == 0) ++used_;
    slot = {.term = term, .value = value};
  }
  // Of a term that has a value.
  void erase(std::uint32_t term) {
    std::size_t hole = find(term);
    --used_;
    for (std::size_t at = next(hole); slots_[at].value != 0; at = next(at)) {
      const std::size_t home = home_of(slots_[at].term);
      // What is at home between the hole and its place is found without the hole.
      const bool stays = hole <= at ? hole < home && home <= at : hole < home || home <= at;
      if (stays) continue;
      slots_[hole] = slots_[at];
      hole = at;
    }
    slots_[hole] = {};
  }
  std::size_t size() const { return used_; }
  // In no order that means anything, free ones among them.
  const std::vector<Slot>& slots() const { return slots_; }

 private:
  std::size_t home_of(std::uint32_t term) const {
    return static_cast<std::size_t>(std::uint64_t{term * 0x9E3779B9U} * slots_.size() >> 32);
  }
  std::size_t next(std::size_t at) const { return at + 1 == slots_.size() ? 0 : at + 1; }
  // Where the term is, or the free slot where it would be.
  std::size_t find(std::uint32_t term) const {
    std::size_t at = home_of(term);
    while (slots_[at].value != 0 && slots_[at].term != term) at = next(at);
    return at;
  }
  void grow() {
    std::vector<Slot> before(slots_.size() + slots_.size() / 4);
    before.swap(slots_);
    for (const Slot& slot : before) {
      if (slot.value != 0) slots_[find(slot.term)] = slot;
    }
  }

  static constexpr std::size_t kSlotsMin = 1024;

  std::vector<Slot> slots_ = std::vector<Slot>(kSlotsMin);
  std::size_t used_ = 0;
};

}  // namespace tidings::stories
