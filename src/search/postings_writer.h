// Writes the postings of one term after the other (postings_format.h).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "search/length_norm.h"
#include "search/part_writer.h"
#include "search/postings_format.h"

namespace tidings::search {

struct TermPostings {
  std::uint32_t documents = 0;
  std::uint64_t offset = 0;  // in the part of postings
};

class PostingsWriter {
 public:
  // `length_codes` by document. Both are borrowed.
  PostingsWriter(PartWriter& postings, PartWriter& positions,
                 std::span<const std::uint8_t> length_codes, double mean_words)
      : postings_(postings),
        positions_(positions),
        length_codes_(length_codes),
        norms_(mean_words) {}

  void begin(PostingsKind kind);
  // Documents ascend, and so do the positions of each; `positions` are as many as the frequency.
  void add(std::uint32_t document, bool is_in_title, std::span<const std::uint32_t> positions);
  void add_value(std::uint32_t document) { add_coded(document, 0, {}); }
  TermPostings end();
  // What follows the last term, so that readers may look beyond the end.
  void finish();

 private:
  void add_coded(std::uint32_t document, std::uint32_t code,
                 std::span<const std::uint32_t> positions);
  void flush_block();
  std::uint32_t write_positions();
  void add_rest();
  void set_bounds(Skip& skip) const;

  PartWriter& postings_;
  PartWriter& positions_;
  std::span<const std::uint8_t> length_codes_;
  LengthNorms norms_;
  PostingsKind kind_ = PostingsKind::Words;
  std::uint32_t documents_ = 0;
  std::uint32_t before_ = 0;  // the last document of the block before
  std::uint64_t positions_begin_ = 0;
  std::uint32_t count_ = 0;  // in the block that is being filled
  std::array<std::uint32_t, kBlockSize> block_ = {}, codes_ = {};
  std::vector<std::uint32_t> position_gaps_;  // of the block
  std::vector<Skip> skips_;
  std::string blocks_, scratch_;
};

}  // namespace tidings::search
