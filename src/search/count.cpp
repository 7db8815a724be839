#include "search/count.h"

#include <algorithm>

namespace tidings::search {

namespace {

// Every so many windows are looked at.
std::uint64_t count_some(const SegmentView& view, Matcher& matcher, std::uint32_t stride) {
  std::uint64_t count = 0;
  for (std::uint32_t at = 0; at < view.documents(); at += stride * kWindowDocuments) {
    const Window window{at, std::min(at + kWindowDocuments, view.documents())};
    DocumentSet set(window);
    matcher.fill(window, set);
    view.remove_dead(window, set);
    count += set.count();
  }
  return count;
}

}  // namespace

SearchCount count_matches(const Snapshot& snapshot, const Query& query) {
  std::vector<Expansion> expansions = expansions_of(query);
  SearchCount count;
  for (const SegmentView& view : snapshot.segments) {
    Matcher matcher(view, query, expansions);
    const auto stride = static_cast<std::uint32_t>(matcher.documents_read() / kCountedMax + 1);
    if (stride > 1) {
      count.articles += count_some(view, matcher, stride) * stride;
      count.is_exact = false;
      continue;
    }
    each_match(view, matcher,
               [&](Window, const DocumentSet& set) { count.articles += set.count(); });
  }
  return count;
}

}  // namespace tidings::search
