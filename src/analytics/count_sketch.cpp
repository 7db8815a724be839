#include "analytics/count_sketch.h"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

namespace tidings::analytics {

CountSketch::CountSketch(std::size_t width) : width_(width), cells_(width * kRows, 0) {}

// Rows by double hashing (Kirsch and Mitzenmacher 2006).
std::size_t CountSketch::cell(std::uint64_t hash, std::size_t row) const {
  const std::uint64_t step = (hash >> 32) | 1;
  return row * width_ + ((hash + row * step * 0x9E3779B97F4A7C15U) >> 20) % width_;
}

std::uint8_t CountSketch::count(std::uint64_t hash) const {
  std::uint8_t least = std::numeric_limits<std::uint8_t>::max();
  for (std::size_t row = 0; row < kRows; ++row) least = std::min(least, cells_[cell(hash, row)]);
  return least;
}

std::uint8_t CountSketch::add(std::uint64_t hash) {
  const std::uint8_t before = count(hash);
  if (before == std::numeric_limits<std::uint8_t>::max()) return before;
  const auto now = static_cast<std::uint8_t>(before + 1);
  for (std::size_t row = 0; row < kRows; ++row) {
    std::uint8_t& value = cells_[cell(hash, row)];
    value = std::max(value, now);
  }
  return now;
}

void CountSketch::halve() {
  for (std::uint8_t& value : cells_) value /= 2;
}

void CountSketch::save(ByteWriter& out) const {
  out.add(std::string_view(reinterpret_cast<const char*>(cells_.data()), cells_.size()));
}

Result<CountSketch> CountSketch::restore(ByteReader& in, std::size_t width) {
  const std::string bytes = TRY(in.text());
  CountSketch sketch(width);
  if (bytes.size() != sketch.cells_.size()) return corrupt("a sketch of another size was kept");
  std::ranges::copy(bytes, sketch.cells_.begin());
  return sketch;
}

}  // namespace tidings::analytics
