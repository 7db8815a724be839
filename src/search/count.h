// How many documents match.
#pragma once

#include <cstdint>

#include "model/query.h"
#include "ports/search_index.h"
#include "search/matcher.h"
#include "search/snapshot.h"

namespace tidings::search {

// Calls `each` with (window, set of those that match and are there), from the newest to the oldest.
template <class Each>
void each_match(const SegmentView& view, Matcher& matcher, Each&& each) {
  for (std::uint32_t at = matcher.next(0); at < view.documents();) {
    const std::uint32_t begin = at - at % kWindowDocuments;
    const Window window{begin, std::min(begin + kWindowDocuments, view.documents())};
    DocumentSet set(window);
    matcher.fill(window, set);
    view.remove_dead(window, set);
    if (!set.empty()) each(window, set);
    if (window.end >= view.documents()) return;
    at = matcher.next(window.end);
  }
}

// Exact where at most kCountedMax documents have to be looked at, else from a sample of windows.
inline constexpr std::uint64_t kCountedMax = 5'000'000;
SearchCount count_matches(const Snapshot& snapshot, const Query& query);

}  // namespace tidings::search
