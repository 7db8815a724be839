#include "search/segment.h"

#include <algorithm>
#include <span>
#include <utility>

namespace tidings::search {

Segment::Segment(SegmentBytes bytes)
    : bytes_(std::move(bytes)), terms_(bytes_[Part::Terms]), columns_(bytes_[Part::Columns]) {
  for (const std::uint8_t language : columns_.languages())
    languages_ |= std::uint64_t{1} << (language & 63U);
  const std::span<const std::uint8_t> lengths = columns_.length_codes();
  if (!lengths.empty()) shortest_ = *std::ranges::min_element(lengths);
}

PostingsPlace Segment::place(const TermRecord& record, PostingsKind kind) const {
  const std::string_view postings = bytes_[Part::Postings];
  if (record.offset > postings.size()) return {};
  return {.kind = kind,
          .documents = record.documents,
          .postings = postings.substr(record.offset),
          .positions = bytes_[Part::Positions]};
}

}  // namespace tidings::search
