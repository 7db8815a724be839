// Small numbers in as few bits as the largest of them needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

namespace tidings::search {

// Numbers are packed so many at a time: four lanes of 32, so that four are unpacked at once.
inline constexpr std::size_t kBlockSize = 128;

unsigned bits_for(std::uint32_t largest);  // 0 for 0, at most 32

constexpr std::size_t packed_block_bytes(unsigned width) {
  return kBlockSize / 8 * width;
}

// Adds kBlockSize numbers of at most `width` bits each.
void pack_block(const std::uint32_t* numbers, unsigned width, std::string& out);
// `width` is at most 32.
void unpack_block(const char* packed, unsigned width, std::uint32_t* numbers);
// One of them.
inline std::uint32_t number_in_block(const char* packed, unsigned width, std::size_t index) {
  if (width == 0) return 0;
  constexpr std::size_t kLanes = 4;
  const std::size_t bit = index / kLanes * width;
  const unsigned shift = bit % 32;
  const char* at = packed + (bit / 32 * kLanes + index % kLanes) * sizeof(std::uint32_t);
  std::uint32_t word;
  std::memcpy(&word, at, sizeof word);
  std::uint64_t bits = word;
  if (shift + width > 32) {
    std::memcpy(&word, at + kLanes * sizeof word, sizeof word);
    bits |= std::uint64_t{word} << 32;
  }
  return static_cast<std::uint32_t>((bits >> shift) & ((std::uint64_t{1} << width) - 1));
}
// Each number plus all before it and `before`.
void add_up_block(std::uint32_t* numbers, std::uint32_t before);

// How many of `Count` numbers, a multiple of four, are below the limit; all below 2³¹.
template <std::size_t Count>
inline std::uint32_t count_below(const std::uint32_t* numbers, std::uint32_t limit) {
  using Lanes [[gnu::vector_size(16)]] = std::int32_t;
  const auto one = static_cast<std::int32_t>(limit);
  const Lanes limits = {one, one, one, one};
  Lanes below = {};
  for (std::size_t at = 0; at < Count; at += 4) {
    Lanes lanes;
    std::memcpy(&lanes, numbers + at, sizeof lanes);
    below -= lanes < limits;  // which is −1
  }
  return static_cast<std::uint32_t>(below[0] + below[1] + below[2] + below[3]);
}

// Any count of numbers one after the other, for reading single ones. What reads them touches up to
// seven bytes after the last.
inline constexpr std::size_t kPackedSlack = 7;
constexpr std::size_t packed_run_bytes(std::size_t count, unsigned width) {
  return (count * width + 7) / 8;
}
void pack_run(std::span<const std::uint32_t> numbers, unsigned width, std::string& out);
inline std::uint32_t packed_at(const char* packed, std::size_t index, unsigned width) {
  const std::size_t bit = index * width;
  std::uint64_t word;
  std::memcpy(&word, packed + bit / 8, sizeof word);
  return static_cast<std::uint32_t>((word >> (bit % 8)) & ((std::uint64_t{1} << width) - 1));
}

// Seven bits a byte, the lowest first, the eighth for "more follow".
void add_varint(std::uint64_t number, std::string& out);
// Reads at `at` and moves it on; never reads at or beyond `end`, where it gives 0.
inline std::uint64_t read_varint(const char*& at, const char* end) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; at < end && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  return number;
}

}  // namespace tidings::search
