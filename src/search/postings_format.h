// How the postings of a term are kept.
//
// Of a word, by document: its frequency, whether the title has it, its positions. Of a value
// nothing but the documents. Documents come in blocks of kBlockSize, packed, and a rest that is
// not:
//
//   postings: [Skip, one a block and one of the rest] [packed blocks] [the rest]
//   positions, of packed blocks: [width, one byte] [gaps of positions, packed]
//
// A term of fewer documents than a block has is a rest alone, without a Skip. The rest is varints:
// the gap of documents, doubled for a word with one added where its frequency code is 0; else the
// code; the gaps of its positions. A frequency code is twice the frequency less one, plus 1 where
// the title has the word. Packed numbers are the same: gaps, and codes.
#pragma once

#include <cstdint>

#include "search/bit_packing.h"

namespace tidings::search {

enum class PostingsKind : std::uint8_t { Words, Values };

// The document of a block that weighs most, by the segment's mean length: what it weighs by another
// one follows from that exactly, and bounds the others but for the ratio of the means.
struct Heaviest {
  std::uint8_t code = 0;  // its frequency code; kManyCode: so many or more
  std::uint8_t length_code = 0;
};
inline constexpr std::uint8_t kManyCode = 255;

struct Skip {
  std::uint32_t last = 0;       // document
  std::uint32_t offset = 0;     // of the block's bytes, from the first block's
  std::uint32_t positions = 0;  // offset of its positions, from the term's
  Heaviest heaviest;            // of its documents
  Heaviest title_heaviest;      // where words in titles count for more
  std::uint8_t gap_width = 0;
  std::uint8_t code_width = 0;
  std::uint16_t unused = 0;
};
static_assert(sizeof(Skip) == 20);

constexpr std::uint32_t frequency_code(std::uint32_t frequency, bool is_in_title) {
  return (frequency - 1) << 1 | (is_in_title ? 1U : 0U);
}
constexpr std::uint32_t frequency_of(std::uint32_t code) {
  return (code >> 1) + 1;
}
constexpr bool is_in_title(std::uint32_t code) {
  return (code & 1) != 0;
}

// A word in the title counts as often as this beyond once (BM25F with one weight).
inline constexpr float kTitleWeight = 2;
constexpr float weighted_frequency(std::uint32_t code) {
  return static_cast<float>((code >> 1) + 1) + kTitleWeight * static_cast<float>(code & 1);
}

}  // namespace tidings::search
