#include "text/word_index.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <random>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace tidings::text {

std::string_view TextArena::keep(std::string_view bytes) {
  constexpr std::size_t kBlockBytes = 4096;
  if (bytes.size() > left_) {
    left_ = std::max(kBlockBytes, bytes.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = blocks_.back().get();
  }
  if (bytes.empty()) return {};
  std::memcpy(next_, bytes.data(), bytes.size());
  const std::string_view kept(next_, bytes.size());
  next_ += bytes.size();
  left_ -= bytes.size();
  return kept;
}

std::uint32_t word_hash(std::string_view word) {
  static const std::uint64_t seed = std::random_device{}();
  return static_cast<std::uint32_t>(XXH3_64bits_withSeed(word.data(), word.size(), seed));
}

WordIndex::WordIndex(std::size_t words_expected) : slots_(std::bit_ceil(words_expected * 2 + 2)) {}

void WordIndex::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.data == nullptr) continue;
    std::size_t at = slot.hash & (larger.size() - 1);
    while (larger[at].data != nullptr) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace tidings::text
