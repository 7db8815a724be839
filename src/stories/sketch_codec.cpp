// A sketch as few bits: for each sample the number of different hashes (20 bits), then each hash as
// its difference from the one before.
#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "stories/sketch.h"

namespace tidings::stories {
namespace {

constexpr int kAllBits = 20;

// Lowest bit first.
class BitWriter {
 public:
  void add(std::uint32_t value, int bits) {
    pending_ |= std::uint64_t{value} << held_;
    for (held_ += bits; held_ >= 8; held_ -= 8, pending_ >>= 8)
      bytes_ += static_cast<char>(pending_ & 0xFF);
  }
  // So many ones, then a zero.
  void add_unary(std::uint32_t count) {
    for (; count >= 31; count -= 31) add(0x7FFFFFFF, 31);
    add((1U << count) - 1, static_cast<int>(count) + 1);
  }
  std::string take() {
    if (held_ > 0) bytes_ += static_cast<char>(pending_);
    bytes_.shrink_to_fit();
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  std::uint64_t pending_ = 0;
  int held_ = 0;  // bits
};

// After the end there are zeros: who read these finds out by `is_past_end`.
class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t number(int bits) {
    const std::uint64_t found = next() & ((std::uint64_t{1} << bits) - 1);
    at_ += static_cast<std::size_t>(bits);
    return static_cast<std::uint32_t>(found);
  }
  std::uint32_t unary() {
    std::uint32_t count = 0;
    while (true) {
      const int ones = std::min(std::countr_one(next()), 32);
      count += static_cast<std::uint32_t>(ones);
      at_ += static_cast<std::size_t>(ones);
      if (ones < 32) break;
    }
    ++at_;
    return count;
  }
  bool is_past_end() const { return at_ > bytes_.size() * 8; }
  bool is_at_end() const { return (at_ + 7) / 8 == bytes_.size(); }

 private:
  // The next 57 bits at least.
  std::uint64_t next() const {
    std::uint64_t word = 0;
    if (at_ / 8 + sizeof word <= bytes_.size()) {
      std::memcpy(&word, bytes_.data() + at_ / 8, sizeof word);
    } else if (at_ / 8 < bytes_.size()) {
      std::memcpy(&word, bytes_.data() + at_ / 8, bytes_.size() - at_ / 8);
    }
    return word >> at_ % 8;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;  // bits
};

// So many of a difference's bits are written as they are: differences are some 2^24 / all.
int plain_bits(std::uint32_t all) {
  return std::bit_width((1U << kSketchHashBits) / (all + 1)) - 1;
}

template <class Kept>
void pack(const Kept& sample, BitWriter& out) {
  const int plain = plain_bits(sample.all);
  out.add(sample.all, kAllBits);
  std::uint32_t least = 0;
  for (const std::uint32_t hash : sample.values()) {
    out.add_unary((hash - least) >> plain);
    out.add((hash - least) & ((1U << plain) - 1), plain);
    least = hash + 1;
  }
}

template <class Kept>
Result<void> unpack(BitReader& in, Kept& sample) {
  sample.all = in.number(kAllBits);
  sample.count = std::min<std::uint32_t>(sample.all, Kept::kHashesMax);
  const int plain = plain_bits(sample.all);
  std::uint64_t least = 0;
  for (std::uint32_t i = 0; i < sample.count; ++i) {
    const std::uint64_t above = std::uint64_t{in.unary()} << plain;
    const std::uint64_t hash = least + above + in.number(plain);
    if (in.is_past_end() || hash >> kSketchHashBits != 0)
      return corrupt("the sketch of an article is damaged");
    sample.hashes[i] = static_cast<std::uint32_t>(hash);
    least = hash + 1;
  }
  return {};
}

}  // namespace

std::string pack(const Sketch& sketch) {
  BitWriter out;
  pack(sketch.runs, out);
  pack(sketch.numbers, out);
  return out.take();
}

Result<Sketch> unpack(std::string_view bytes) {
  BitReader in(bytes);
  Sketch sketch;
  TRY(unpack(in, sketch.runs));
  TRY(unpack(in, sketch.numbers));
  if (in.is_past_end() || !in.is_at_end()) return corrupt("the sketch of an article is damaged");
  return sketch;
}

}  // namespace tidings::stories
