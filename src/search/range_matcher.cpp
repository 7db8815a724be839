#include "search/range_matcher.h"

#include <algorithm>

namespace tidings::search {
namespace {

std::int64_t micros(double time) {
  return static_cast<std::int64_t>(std::clamp(time, -9.0e15, 9.0e15));
}

}  // namespace

RangeMatcher::RangeMatcher(const SegmentView& view, const Query& range)
    : view_(&view), field_(range.field), at_least_(range.at_least), below_(range.below) {
  if (!is_time()) return;
  const Columns& columns = view.segment->columns();
  begin_ = columns.first_before(micros(range.below));
  end_ = std::max(begin_, columns.first_before(micros(range.at_least)));
}

std::uint32_t RangeMatcher::next(std::uint32_t document) const {
  if (!is_time()) return document;
  const std::uint32_t next = std::max(document, begin_);
  return next < end_ ? next : kNoDocument;
}

std::optional<double> RangeMatcher::number(std::uint32_t document) const {
  const Columns& columns = view_->segment->columns();
  switch (field_) {
    case QueryField::Sentiment: {
      const std::int8_t hundredths = columns.sentiments()[document];
      if (hundredths == kNoSentiment) return std::nullopt;
      return hundredths / 100.0;
    }
    case QueryField::Story:
      return static_cast<double>(view_->story(document).story);
    case QueryField::Words:
      return columns.words()[document];
    case QueryField::StorySize:
      return view_->story(document).size;
    default:
      return static_cast<double>(columns.published(document));
  }
}

bool RangeMatcher::has(std::uint32_t document) const {
  const std::optional<double> found = number(document);
  return found && *found >= at_least_ && *found < below_;
}

void RangeMatcher::fill(Window window, DocumentSet& set) const {
  if (is_time()) {
    const std::uint32_t begin = std::max(begin_, window.begin);
    const std::uint32_t end = std::min(end_, window.end);
    if (begin < end) set.set_range(begin - window.begin, end - window.begin);
    return;
  }
  for (std::uint32_t place = 0; place < window.size(); ++place) {
    if (has(window.begin + place)) set.set(place);
  }
}

void RangeMatcher::keep(Window window, DocumentSet& set) const {
  if (is_time()) {
    DocumentSet kept(window);
    fill(window, kept);
    set &= kept;
    return;
  }
  set.each([&](std::uint32_t place) {
    if (!has(window.begin + place)) set.reset(place);
  });
}

}  // namespace tidings::search
