// Articles that were indexed together: never changed once written. Document 0 is the one published
// last, so that a number tells when; of equal times the larger id comes first.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "search/columns.h"
#include "search/known_forms.h"
#include "search/postings.h"
#include "search/segment_parts.h"
#include "search/terms.h"

namespace tidings::search {

// Safe to use from many threads.
class Segment {
 public:
  explicit Segment(SegmentBytes bytes);
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  std::uint32_t documents() const { return columns_.documents(); }
  const Terms& terms() const { return terms_; }
  const Columns& columns() const { return columns_; }
  const SegmentBytes& bytes() const { return bytes_; }
  // Languages that documents of it are in: a bit each (text/search_keys.h).
  std::uint64_t languages() const { return languages_; }

  // The length code of its shortest document.
  std::uint8_t shortest() const { return shortest_; }

  KnownForms& known_forms() const { return known_forms_; }

  PostingsPlace place(const TermRecord& record, PostingsKind kind) const;

 private:
  SegmentBytes bytes_;
  Terms terms_;
  Columns columns_;
  std::uint64_t languages_ = 0;
  std::uint8_t shortest_ = 0;
  mutable KnownForms known_forms_;
};

}  // namespace tidings::search
