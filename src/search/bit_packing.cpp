#include "search/bit_packing.h"

#include <array>
#include <bit>
#include <utility>

#include "core/check.h"

namespace tidings::search {
namespace {

// Compilers make of it what the processor has: SSE2, NEON.
using Lanes [[gnu::vector_size(16)]] = std::uint32_t;
constexpr std::size_t kRows = kBlockSize / 4;

Lanes load(const char* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

// Row `Row` of a block whose numbers have `Width` bits: what of it lies in one word of each lane,
// and where it goes on in the next.
template <unsigned Width, std::size_t Row>
[[gnu::always_inline]] inline Lanes row(const char* packed) {
  constexpr std::size_t kBit = Row * Width, kWord = kBit / 32;
  constexpr unsigned kShift = kBit % 32;
  Lanes lanes = load(packed + kWord * sizeof(Lanes)) >> kShift;
  if constexpr (kShift + Width > 32)
    lanes |= load(packed + (kWord + 1) * sizeof(Lanes)) << (32 - kShift);
  if constexpr (Width < 32) lanes &= (std::uint32_t{1} << Width) - 1;
  return lanes;
}

template <unsigned Width, std::size_t... Rows>
[[gnu::always_inline]] inline void unpack_rows(const char* packed, std::uint32_t* numbers,
                                               std::index_sequence<Rows...>) {
  const auto store = [&](std::size_t at, Lanes lanes) {
    std::memcpy(numbers + 4 * at, &lanes, sizeof lanes);
  };
  (store(Rows, row<Width, Rows>(packed)), ...);
}

template <unsigned Width>
void unpack(const char* packed, std::uint32_t* numbers) {
  if constexpr (Width == 0) {
    std::memset(numbers, 0, kBlockSize * sizeof *numbers);
  } else {
    unpack_rows<Width>(packed, numbers, std::make_index_sequence<kRows>());
  }
}

using Unpack = void (*)(const char*, std::uint32_t*);
template <unsigned... Widths>
constexpr std::array<Unpack, sizeof...(Widths)> unpackers(
    std::integer_sequence<unsigned, Widths...>) {
  return {&unpack<Widths>...};
}
constexpr auto kUnpackers = unpackers(std::make_integer_sequence<unsigned, 33>());

}  // namespace

unsigned bits_for(std::uint32_t largest) {
  return static_cast<unsigned>(std::bit_width(largest));
}

void pack_block(const std::uint32_t* numbers, unsigned width, std::string& out) {
  std::array<std::array<std::uint32_t, 4>, 33> words = {};
  for (std::size_t i = 0; i < kBlockSize; ++i) {
    const std::size_t bit = i / 4 * width, lane = i % 4;
    const unsigned shift = bit % 32;
    words[bit / 32][lane] |= numbers[i] << shift;
    if (shift + width > 32) words[bit / 32 + 1][lane] |= numbers[i] >> (32 - shift);
  }
  out.append(reinterpret_cast<const char*>(words.data()), packed_block_bytes(width));
}

void unpack_block(const char* packed, unsigned width, std::uint32_t* numbers) {
  CHECK(width < kUnpackers.size());
  kUnpackers[width](packed, numbers);
}

void add_up_block(std::uint32_t* numbers, std::uint32_t before) {
  Lanes sum = {before, before, before, before};
  for (std::size_t at = 0; at < kBlockSize; at += 4) {
    Lanes lanes;
    std::memcpy(&lanes, numbers + at, sizeof lanes);
    const Lanes zero = {};
    lanes += __builtin_shufflevector(zero, lanes, 0, 4, 5, 6);
    lanes += __builtin_shufflevector(zero, lanes, 0, 1, 4, 5);
    sum += lanes;
    std::memcpy(numbers + at, &sum, sizeof sum);
    sum = __builtin_shufflevector(sum, sum, 3, 3, 3, 3);
  }
}

void pack_run(std::span<const std::uint32_t> numbers, unsigned width, std::string& out) {
  std::uint64_t word = 0;
  unsigned filled = 0;
  for (const std::uint32_t number : numbers) {
    word |= static_cast<std::uint64_t>(number) << filled;
    filled += width;
    for (; filled >= 8; filled -= 8, word >>= 8) out.push_back(static_cast<char>(word & 0xFF));
  }
  if (filled > 0) out.push_back(static_cast<char>(word & 0xFF));
}

void add_varint(std::uint64_t number, std::string& out) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(number | 0x80));
  out.push_back(static_cast<char>(number));
}

}  // namespace tidings::search
