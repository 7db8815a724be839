// Which stories have a term, for hundreds of thousands of terms that most often few stories have.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stories/term_table.h"

namespace tidings::stories {

// A story and the weight that it gives a term, in 31 bits: 20 of the story, 11 of the weight (the
// exponents from 2^-12 to 2^19 and six bits of the fraction: within 1.6 percent, enough to find
// candidates by). Postings are ordered as their stories.
class Posting {
 public:
  static constexpr std::uint32_t kStoriesMax = 1U << 20;

  Posting() = default;
  Posting(std::uint32_t story, float weight) : bits_(story << 11 | packed(weight)) {}
  static Posting of_bits(std::uint32_t bits) {
    Posting posting;
    posting.bits_ = bits;
    return posting;
  }

  std::uint32_t story() const { return bits_ >> 11; }
  float weight() const { return std::bit_cast<float>(((bits_ & 0x7FF) << 17) + kLeast); }
  std::uint32_t bits() const { return bits_; }

 private:
  static constexpr std::uint32_t kLeast = std::bit_cast<std::uint32_t>(0x1p-12F);
  static std::uint32_t packed(float weight) {
    const auto bits = std::bit_cast<std::uint32_t>(weight);
    return bits <= kLeast ? 0 : std::min((bits - kLeast) >> 17, 0x7FFU);
  }

  std::uint32_t bits_ = 0;
};

// The stories of a term lie together in a block of a common pool, in their order; a single one
// stands in the table of terms itself. For one thread.
class Postings {
 public:
  // Adds the story, or changes its weight. `story` is below Posting::kStoriesMax.
  void set(std::uint32_t term, std::uint32_t story, float weight);
  // Of a story that has the term.
  void remove(std::uint32_t term, std::uint32_t story);

  std::size_t count(std::uint32_t term) const;
  // Calls `use(story, weight)` for each.
  template <class Use>
  void each(std::uint32_t term, Use use) const {
    const std::uint32_t list = lists_.value(term);
    if ((list & kSingle) != 0) {
      const Posting posting = Posting::of_bits(list & ~kSingle);
      use(posting.story(), posting.weight());
    } else if (list != 0) {
      for (const std::uint32_t bits : block(list)) {
        const Posting posting = Posting::of_bits(bits);
        use(posting.story(), posting.weight());
      }
    }
  }

 private:
  // In the table: a posting with this bit, or where in the pool the block begins.
  static constexpr std::uint32_t kSingle = 1U << 31;
  static constexpr std::size_t kSizes = 40;  // of blocks, each about 1.4 times the one before

  // A block begins with a word of its count (26 bits) and its size class (6 bits).
  std::size_t count_of(std::uint32_t at) const { return pool_[at] & 0x3FFFFFF; }
  std::size_t size_class_of(std::uint32_t at) const { return pool_[at] >> 26; }
  std::span<const std::uint32_t> block(std::uint32_t at) const {
    return std::span(pool_).subspan(at + 1, count_of(at));
  }
  std::uint32_t take_block(std::size_t size_class);
  void free_block(std::uint32_t at);
  std::uint32_t moved(std::uint32_t at, std::size_t size_class);

  TermTable lists_;
  std::vector<std::uint32_t> pool_ = std::vector<std::uint32_t>(1);  // no block begins at 0
  std::array<std::uint32_t, kSizes> free_{};  // the first free block, which names the next; 0: none
};

}  // namespace tidings::stories
