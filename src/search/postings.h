// Reads the postings of one term (postings_format.h), block by block, in ascending order of
// documents. Bytes that nobody wrote so give wrong documents, never a read outside of them.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "search/postings_format.h"

namespace tidings::search {

inline constexpr std::uint32_t kNoDocument = std::numeric_limits<std::uint32_t>::max();

// Where a term's postings are.
struct PostingsPlace {
  PostingsKind kind = PostingsKind::Words;
  std::uint32_t documents = 0;
  std::string_view postings;   // the part from the term's offset on
  std::string_view positions;  // the whole part
};

// For one thread. Stands on a block once seek() found one.
class Postings {
 public:
  Postings() = default;
  explicit Postings(const PostingsPlace& place);

  std::uint32_t documents_total() const { return place_.documents; }
  std::uint32_t blocks() const { return blocks_; }
  std::uint32_t block() const { return block_; }
  bool is_at_end() const { return block_ >= blocks_; }

  // To the first block whose last document is `document` or later; quick where that is near and
  // ahead.
  void seek(std::uint32_t document);
  void next_block() { ++block_; }
  void go_to(std::uint32_t block) { block_ = block; }

  // Of a block; of many words in an empty document where it is not known.
  Heaviest heaviest_at(std::uint32_t block, bool with_titles) const {
    if (is_short()) return {.code = kManyCode};
    const Skip skip = skip_at(block);
    return with_titles ? skip.title_heaviest : skip.heaviest;
  }
  std::uint32_t last_at(std::uint32_t block) const {
    return is_short() ? rest_last_ : skip_at(block).last;
  }
  std::uint32_t last() const { return last_at(block_); }

  // The block's documents and their frequency codes, unpacked when first asked for.
  std::span<const std::uint32_t> documents() {
    if (unpacked_ != block_) unpack_documents();
    return {documents_.data(), count_};
  }
  // The place in the block of the first document that is not before this one, as in documents().
  std::uint32_t place_of(std::uint32_t document) {
    documents();
    // Without branches: where a document lies in a block cannot be foretold.
    const std::uint32_t first = kGroup * count_below<kGroups>(group_lasts_.data(), document);
    return first + count_below<kGroup>(documents_.data() + first, document);
  }
  // The document's place in its block, on which it stands then; kNoDocument where it is not there.
  std::uint32_t find(std::uint32_t document) {
    const bool is_here =
        unpacked_ == block_ && first_unpacked_ <= document && document <= last_unpacked_;
    if (!is_here) seek(document);
    if (is_at_end()) return kNoDocument;
    const std::uint32_t at = place_of(document);
    return at < count_ && documents_[at] == document ? at : kNoDocument;
  }
  const std::uint32_t* codes() {
    if (unpacked_ != block_) unpack_documents();
    if (unpacked_codes_ != block_) unpack_codes();
    return codes_.data();
  }
  // One of them; the others stay packed.
  std::uint32_t code_at(std::uint32_t index) {
    if (unpacked_codes_ == block_) return codes_[index];
    return number_in_block(packed_codes_, code_width_, index);
  }
  // Positions of the block's document number `index`, ascending.
  void positions(std::uint32_t index, std::vector<std::uint32_t>& out);

 private:
  bool is_short() const { return place_.documents < kBlockSize; }
  bool is_rest(std::uint32_t block) const { return block == place_.documents / kBlockSize; }
  bool is_behind(std::uint32_t document) const {
    return block_ > 0 &&
           (is_short() ? rest_last_ >= document : skip_at(block_ - 1).last >= document);
  }
  Skip skip_at(std::uint32_t block) const {
    Skip skip;
    std::memcpy(&skip, skips_ + block * sizeof skip, sizeof skip);
    return skip;
  }
  const char* end() const { return place_.postings.data() + place_.postings.size(); }
  const char* block_bytes(const Skip& skip, std::size_t size) const;
  const char* rest_begin() const;
  void unpack_documents();
  void set_group_lasts();
  void unpack_codes();
  void read_rest(const char* at, std::uint32_t before);
  void find_positions();
  void packed_positions(std::uint32_t index, std::vector<std::uint32_t>& out);

  PostingsPlace place_;
  const char* skips_ = nullptr;
  const char* first_block_ = nullptr;
  std::uint64_t positions_begin_ = 0;
  std::uint32_t blocks_ = 0;
  std::uint32_t block_ = 0;
  std::uint32_t rest_last_ = 0;  // of a short list
  std::uint32_t count_ = 0;
  const char* packed_codes_ = nullptr;  // of the block whose documents are unpacked
  unsigned code_width_ = 0;
  std::uint32_t first_unpacked_ = kNoDocument, last_unpacked_ = 0;
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t unpacked_ = kNone, unpacked_codes_ = kNone, found_positions_ = kNone;
  static constexpr std::uint32_t kGroup = 16, kGroups = kBlockSize / kGroup;
  static constexpr std::uint32_t kBehindAll = std::numeric_limits<std::int32_t>::max();
  std::array<std::uint32_t, kBlockSize> documents_;  // kBehindAll where there are less
  std::array<std::uint32_t, kGroups> group_lasts_;   // of the last group kBehindAll
  std::array<std::uint32_t, kBlockSize> codes_;
  // Of the rest: where the bytes of a document's positions are, from the rest's begin. Of a packed
  // block: the number of its first gap.
  std::array<std::uint32_t, kBlockSize> first_gap_;
};

}  // namespace tidings::search
