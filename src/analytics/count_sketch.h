// How often each of very many keys came lately, without keeping them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/byte_stream.h"
#include "core/result.h"

namespace tidings::analytics {

// A count-min sketch with conservative update (Cormode and Muthukrishnan 2005; Estan and Varghese
// 2002): never less than the truth, up to 255, and seldom more as long as far fewer keys than
// `width` are in it. 4 · width bytes.
class CountSketch {
 public:
  static constexpr std::size_t kRows = 4;
  static constexpr std::size_t kWidthMax = std::size_t{1} << 24;

  // A power of two, at most kWidthMax.
  explicit CountSketch(std::size_t width);

  // Once more; how often now.
  std::uint8_t add(std::uint64_t hash);
  std::uint8_t count(std::uint64_t hash) const;
  // As if half of everything had come.
  void halve();

  void save(ByteWriter& out) const;
  // Corrupt unless it was saved with this width.
  static Result<CountSketch> restore(ByteReader& in, std::size_t width);

 private:
  std::size_t cell(std::uint64_t hash, std::size_t row) const;

  std::size_t width_;
  std::vector<std::uint8_t> cells_;
};

}  // namespace tidings::analytics
