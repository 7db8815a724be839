// Numbers by the hash of what they stand for: those of one hash are told apart by who asks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tidings::search {

// 12 bytes an entry, at most three quarters full.
class HashedNumbers {
 public:
  void add(std::uint64_t hash, std::uint32_t number);     // below 2^32 - 1
  void remove(std::uint64_t hash, std::uint32_t number);  // which is there

  template <typename Use>
  void each(std::uint64_t hash, Use&& use) const {
    if (slots_.empty()) return;
    for (std::size_t at = home(hash); !slots_[at].is_free(); at = next(at)) {
      if (slots_[at].hash() == hash) use(slots_[at].number);
    }
  }

 private:
  static constexpr std::uint32_t kFree = 0xFFFF'FFFF;

  struct Slot {  // The hash in two halves: no bytes are lost to alignment.
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    std::uint32_t number = kFree;

    bool is_free() const { return number == kFree; }
    std::uint64_t hash() const { return std::uint64_t{high} << 32 | low; }
  };

  std::size_t home(std::uint64_t hash) const { return hash & (slots_.size() - 1); }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  std::size_t distance(std::size_t from, std::size_t to) const {
    return (to - from) & (slots_.size() - 1);
  }
  void place(const Slot& slot);
  void grow();

  std::vector<Slot> slots_;  // a power of two
  std::size_t size_ = 0;
};

}  // namespace tidings::search
