#include "search/postings.h"

#include <algorithm>

namespace tidings::search {
namespace {

// Of one word in one document: more than search_words() counts.
constexpr std::uint32_t kFrequencyMax = 1 << 16;

std::uint32_t positions_of(std::uint32_t code) {
  return std::min(frequency_of(code), kFrequencyMax);
}

// Zeros to read instead of what is not there.
constexpr std::array<char, packed_block_bytes(32)> kNothing = {};

}  // namespace

Postings::Postings(const PostingsPlace& place) : place_(place) {
  const std::uint32_t rest = place.documents % kBlockSize;
  blocks_ = place.documents / kBlockSize + (rest > 0 ? 1 : 0);
  first_block_ = place.postings.data();
  if (is_short()) {
    read_rest(first_block_, 0);
    unpacked_ = unpacked_codes_ = found_positions_ = 0;
    rest_last_ = count_ > 0 ? documents_[count_ - 1] : 0;
    set_group_lasts();
    return;
  }
  const std::size_t head = sizeof positions_begin_ + blocks_ * sizeof(Skip);
  if (head > place.postings.size()) {
    blocks_ = 0;  // the list was cut off
    return;
  }
  std::memcpy(&positions_begin_, first_block_, sizeof positions_begin_);
  skips_ = first_block_ + sizeof positions_begin_;
  first_block_ += head;
}

void Postings::seek(std::uint32_t document) {
  if (is_behind(document)) block_ = 0;
  if (is_at_end() || last() >= document) return;
  if (is_short()) {
    block_ = blocks_;
    return;
  }
  std::uint32_t step = 1;
  std::uint32_t low = block_ + 1;
  while (low + step < blocks_ && skip_at(low + step - 1).last < document) {
    low += step;
    step *= 2;
  }
  std::uint32_t high = std::min(low + step, blocks_);
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (skip_at(middle).last < document) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  block_ = low;
}

const char* Postings::block_bytes(const Skip& skip, std::size_t size) const {
  const auto room = static_cast<std::size_t>(end() - first_block_);
  return skip.offset + size <= room ? first_block_ + skip.offset : kNothing.data();
}

const char* Postings::rest_begin() const {
  if (is_short()) return first_block_;
  const std::uint32_t offset = skip_at(block_).offset;
  return offset <= static_cast<std::size_t>(end() - first_block_) ? first_block_ + offset : end();
}

void Postings::unpack_documents() {
  const std::uint32_t before = block_ == 0 ? 0 : skip_at(block_ - 1).last;
  const Skip skip = skip_at(block_);
  unpacked_ = block_;
  if (is_rest(block_)) {
    read_rest(rest_begin(), before);
    unpacked_codes_ = found_positions_ = block_;
  } else {
    const unsigned width = std::min<unsigned>(skip.gap_width, 32);
    code_width_ = std::min<unsigned>(skip.code_width, 32);
    const std::size_t gaps = packed_block_bytes(width);
    const char* bytes = block_bytes(skip, gaps + packed_block_bytes(code_width_));
    packed_codes_ = bytes == kNothing.data() ? bytes : bytes + gaps;
    unpack_block(bytes, width, documents_.data());
    add_up_block(documents_.data(), before);
    count_ = kBlockSize;
  }
  first_unpacked_ = documents_.front();
  last_unpacked_ = skip.last;
  set_group_lasts();
}

void Postings::set_group_lasts() {
  for (std::uint32_t i = 0; i + 1 < kGroups; ++i)
    group_lasts_[i] = documents_[(i + 1) * kGroup - 1];
  group_lasts_.back() = kBehindAll;
}

void Postings::unpack_codes() {
  unpack_block(packed_codes_, code_width_, codes_.data());
  unpacked_codes_ = block_;
}

void Postings::read_rest(const char* at, std::uint32_t before) {
  const char* begin = at;
  count_ = place_.documents % kBlockSize;
  std::fill(documents_.begin() + count_, documents_.end(), kBehindAll);
  const bool has_codes = place_.kind == PostingsKind::Words;
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::uint64_t step = read_varint(at, end());
    before += static_cast<std::uint32_t>(has_codes ? step >> 1 : step);
    documents_[i] = before;
    codes_[i] = 0;
    if (!has_codes) continue;
    if ((step & 1) == 0) codes_[i] = static_cast<std::uint32_t>(read_varint(at, end()));
    first_gap_[i] = static_cast<std::uint32_t>(at - begin);
    for (std::uint32_t k = 0; k < positions_of(codes_[i]) && at < end(); ++k) {
      while (at < end() && static_cast<unsigned char>(*at) >= 0x80) ++at;
      if (at < end()) ++at;
    }
  }
}

void Postings::find_positions() {
  std::uint32_t first = 0;
  for (std::uint32_t i = 0; i < count_; ++i) {
    first_gap_[i] = first;
    first += positions_of(codes_[i]);
  }
  found_positions_ = block_;
}

void Postings::positions(std::uint32_t index, std::vector<std::uint32_t>& out) {
  out.clear();
  codes();
  if (place_.kind == PostingsKind::Values || index >= count_) return;
  if (found_positions_ != block_) find_positions();
  if (!is_rest(block_)) return packed_positions(index, out);
  const char* at = rest_begin() + first_gap_[index];
  std::uint32_t position = 0;
  for (std::uint32_t k = 0; k < positions_of(codes_[index]) && at < end(); ++k) {
    position += static_cast<std::uint32_t>(read_varint(at, end()));
    out.push_back(position);
  }
}

void Postings::packed_positions(std::uint32_t index, std::vector<std::uint32_t>& out) {
  const std::uint64_t begin = positions_begin_ + skip_at(block_).positions;
  if (begin >= place_.positions.size()) return;
  const std::string_view bytes = place_.positions.substr(begin);
  const unsigned width = std::min<unsigned>(static_cast<unsigned char>(bytes[0]), 32);
  // Gaps without bits are 0: there is one position then.
  const std::size_t count = width == 0 ? 1 : positions_of(codes_[index]);
  if (1 + packed_run_bytes(first_gap_[index] + count, width) + kPackedSlack > bytes.size()) return;
  std::uint32_t position = 0;
  for (std::size_t k = 0; k < count; ++k) {
    position += packed_at(bytes.data() + 1, first_gap_[index] + k, width);
    out.push_back(position);
  }
}

}  // namespace tidings::search
