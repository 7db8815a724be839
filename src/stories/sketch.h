// A text in few numbers: enough to tell how much two texts have in common.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "stories/shingles.h"

namespace tidings::stories {

// The smallest hashes of a text, ascending and distinct: a fair sample of them, the same ones in
// every text that has them (bottom-k sketch; Broder 1997, Cohen and Kaplan 2007). Texts of up to
// kHashesMax are whole, and what is told of two of these is exact.
template <std::size_t kMax>
struct Sample {
  static constexpr std::size_t kHashesMax = kMax;

  std::array<std::uint32_t, kHashesMax> hashes;
  std::uint32_t count = 0;
  std::uint32_t all = 0;  // different ones that the text has

  std::span<const std::uint32_t> values() const { return std::span(hashes).first(count); }
  // Hashes up to here are all known.
  std::uint32_t limit() const {
    return all > count ? hashes[count - 1] : std::numeric_limits<std::uint32_t>::max();
  }
};

struct Sketch {
  Sample<160> runs;
  Sample<16> numbers;
};

// Sorts the shingles.
Sketch sketch_of(Shingles& shingles);

// Of the hashes that both sketches would hold.
struct Overlap {
  std::uint32_t both = 0, only_first = 0, only_second = 0;

  // In [0, 1]: what they share of all that they have (Jaccard).
  double resemblance() const;
  // In [0, 1]: what they share of the one that has less.
  double containment() const;
};

struct SketchOverlap {
  Overlap runs, numbers;
};

SketchOverlap overlap(const Sketch& first, const Sketch& second);

}  // namespace tidings::stories
