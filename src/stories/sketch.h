// A text in few numbers: enough to tell how much two texts have in common.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"
#include "stories/shingles.h"

namespace tidings::stories {

// Bits of a shingle's hash that a sketch keeps: two texts that share nothing agree in less than one
// hash of a hundred.
inline constexpr int kSketchHashBits = 24;

// The smallest hashes of a text, ascending and distinct: a fair sample of them, the same ones in
// every text that has them (bottom-k sketch; Broder 1997, Cohen and Kaplan 2007). Texts of up to
// kHashesMax are whole, and what is told of two of these is exact but for equal hashes.
template <std::size_t kMax>
struct Sample {
  static constexpr std::size_t kHashesMax = kMax;

  std::array<std::uint32_t, kHashesMax> hashes;  // those after `count` say nothing
  std::uint32_t count = 0;
  std::uint32_t all = 0;  // different ones that the text has

  std::span<const std::uint32_t> values() const { return std::span(hashes).first(count); }
  // Hashes up to here are all known.
  std::uint32_t limit() const {
    return all > count ? hashes[count - 1] : std::numeric_limits<std::uint32_t>::max();
  }

  friend bool operator==(const Sample& a, const Sample& b) {
    return a.all == b.all && std::ranges::equal(a.values(), b.values());
  }
};

struct Sketch {
  Sample<160> runs;
  Sample<16> numbers;

  friend bool operator==(const Sketch&, const Sketch&) = default;
};

// Of a title and a text: of each no more than the first 20,000 runs of words.
class Sketcher {
 public:
  Sketch sketch(std::string_view title, std::string_view text);

 private:
  Shingles shingles_;  // kept for its memory
};

// A sketch in half of its bytes: the differences of its hashes in Golomb-Rice code (Rice and
// Plaunt 1971), 400 bytes at most for news. Corrupt when the bytes are not of pack().
std::string pack(const Sketch& sketch);
Result<Sketch> unpack(std::string_view bytes);

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
