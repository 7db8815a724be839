#include "search/publisher_numbers.h"

namespace tidings::search {

PublisherNumbers::PublisherNumbers(const Snapshot& snapshot) {
  std::map<std::string_view, std::uint32_t> known;
  segments_.reserve(snapshot.segments.size());
  for (const SegmentView& view : snapshot.segments) {
    const NumberColumn& column = view.segment->columns().named(NamedColumn::Publisher);
    OfSegment& here = segments_.emplace_back(OfSegment{.column = &column});
    for (std::uint32_t i = 0; i < column.names().size(); ++i) {
      const std::string_view name = column.names().text(i);
      const auto [found, is_new] =
          known.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
      if (is_new) names_.push_back(name);
      here.numbers.push_back(name.empty() ? kNoPublisher : found->second);
    }
  }
}

}  // namespace tidings::search
