#include "search/postings_writer.h"

#include <algorithm>

namespace tidings::search {
namespace {

std::uint32_t largest_of(std::span<const std::uint32_t> numbers) {
  return numbers.empty() ? 0 : *std::ranges::max_element(numbers);
}

}  // namespace

void PostingsWriter::begin(PostingsKind kind) {
  kind_ = kind;
  documents_ = 0;
  before_ = 0;
  positions_begin_ = positions_.size();
}

void PostingsWriter::add(std::uint32_t document, bool is_in_title,
                         std::span<const std::uint32_t> positions) {
  add_coded(document, frequency_code(static_cast<std::uint32_t>(positions.size()), is_in_title),
            positions);
}

void PostingsWriter::add_coded(std::uint32_t document, std::uint32_t code,
                               std::span<const std::uint32_t> positions) {
  block_[count_] = document;
  codes_[count_] = code;
  ++count_;
  ++documents_;
  std::uint32_t before = 0;
  for (const std::uint32_t position : positions) {
    position_gaps_.push_back(position - before);
    before = position;
  }
  if (count_ == kBlockSize) flush_block();
}

void PostingsWriter::set_bounds(Skip& skip) const {
  float most = 0, most_with_titles = 0;
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::uint8_t length = length_codes_[block_[i]];
    const Heaviest one{
        .code = static_cast<std::uint8_t>(std::min<std::uint32_t>(codes_[i], kManyCode)),
        .length_code = length};
    const float weight = term_weight(static_cast<float>(frequency_of(codes_[i])), norms_[length]);
    const float with_titles = term_weight(weighted_frequency(codes_[i]), norms_[length]);
    if (weight > most) skip.heaviest = one;
    if (with_titles > most_with_titles) skip.title_heaviest = one;
    most = std::max(most, weight);
    most_with_titles = std::max(most_with_titles, with_titles);
  }
}

void PostingsWriter::flush_block() {
  Skip skip{.last = block_.back(), .offset = static_cast<std::uint32_t>(blocks_.size())};
  set_bounds(skip);
  std::array<std::uint32_t, kBlockSize> gaps;
  std::uint32_t before = before_;
  for (std::size_t i = 0; i < kBlockSize; ++i) {
    gaps[i] = block_[i] - before;
    before = block_[i];
  }
  skip.gap_width = static_cast<std::uint8_t>(bits_for(largest_of(gaps)));
  pack_block(gaps.data(), skip.gap_width, blocks_);
  if (kind_ == PostingsKind::Words) {
    skip.code_width = static_cast<std::uint8_t>(bits_for(largest_of(codes_)));
    pack_block(codes_.data(), skip.code_width, blocks_);
    skip.positions = write_positions();
  }
  skips_.push_back(skip);
  before_ = before;
  count_ = 0;
}

std::uint32_t PostingsWriter::write_positions() {
  const auto offset = static_cast<std::uint32_t>(positions_.size() - positions_begin_);
  const unsigned width = bits_for(largest_of(position_gaps_));
  scratch_.assign(1, static_cast<char>(width));
  pack_run(position_gaps_, width, scratch_);
  positions_.append(scratch_);
  position_gaps_.clear();
  return offset;
}

void PostingsWriter::add_rest() {
  const std::uint32_t* gap = position_gaps_.data();
  std::uint32_t before = before_;
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::uint64_t step = block_[i] - before;
    before = block_[i];
    if (kind_ == PostingsKind::Values) {
      add_varint(step, blocks_);
      continue;
    }
    add_varint(step << 1 | (codes_[i] == 0 ? 1 : 0), blocks_);
    if (codes_[i] != 0) add_varint(codes_[i], blocks_);
    for (std::uint32_t k = 0; k < frequency_of(codes_[i]); ++k) add_varint(*gap++, blocks_);
  }
}

TermPostings PostingsWriter::end() {
  const TermPostings term{.documents = documents_, .offset = postings_.size()};
  if (!skips_.empty()) {
    if (count_ > 0) {
      Skip rest{.last = block_[count_ - 1], .offset = static_cast<std::uint32_t>(blocks_.size())};
      set_bounds(rest);
      skips_.push_back(rest);
    }
    postings_.append_number(positions_begin_);
    postings_.append({reinterpret_cast<const char*>(skips_.data()), skips_.size() * sizeof(Skip)});
  }
  add_rest();
  postings_.append(blocks_);
  skips_.clear();
  blocks_.clear();
  position_gaps_.clear();
  count_ = 0;
  return term;
}

void PostingsWriter::finish() {
  static constexpr std::string_view kSlack("\0\0\0\0\0\0\0\0", 8);
  postings_.append(kSlack);
  positions_.append(kSlack);
}

}  // namespace tidings::search
