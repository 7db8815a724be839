#include "search/count.h"

namespace tidings::search {

std::uint64_t count_matches(const Snapshot& snapshot, const Query& query) {
  std::vector<Expansion> expansions = expansions_of(query);
  std::uint64_t count = 0;
  for (const SegmentView& view : snapshot.segments) {
    Matcher matcher(snapshot, view, query, expansions);
    each_match(view, matcher, [&](Window, const DocumentSet& set) { count += set.count(); });
  }
  return count;
}

}  // namespace tidings::search
