// Which documents of a segment lie between two bounds: by time, tone, length, or their story.
#pragma once

#include <cstdint>
#include <optional>

#include "model/query.h"
#include "search/document_set.h"
#include "search/snapshot.h"

namespace tidings::search {

// Borrows the view. Documents stand in the order of their times: a range of those is one of
// documents, the others are read from their columns.
class RangeMatcher {
 public:
  // `range`: a QueryKind::Range.
  RangeMatcher(const SegmentView& view, const Query& range);

  std::uint64_t documents_max() const { return is_time() ? end_ - begin_ : view_->documents(); }
  // How many are looked at.
  std::uint64_t documents_read() const { return is_time() ? 0 : view_->documents(); }
  // The first document from there on that may lie in it; kNoDocument where none does.
  std::uint32_t next(std::uint32_t document) const;
  void fill(Window window, DocumentSet& set) const;
  void keep(Window window, DocumentSet& set) const;

 private:
  bool is_time() const { return field_ == QueryField::Published; }
  bool has(std::uint32_t document) const;
  std::optional<double> number(std::uint32_t document) const;

  const SegmentView* view_;
  QueryField field_;
  double at_least_, below_;
  std::uint32_t begin_ = 0, end_ = 0;  // of a time: documents
};

}  // namespace tidings::search
