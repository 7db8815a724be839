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

// How many match. An estimate comes from a sample of windows that grows until the error is within
// 5 % of it with a confidence of 95 %, matches being spread over time as in the sample; what is
// cheap to count is counted. Of counts that would look at more than kCountedMax postings the rest
// is estimated in any case.
inline constexpr std::uint64_t kCountedMax = 5'000'000;
SearchCount count_matches(const Snapshot& snapshot, const Query& query, CountPrecision precision);

}  // namespace tidings::search
