// Who published what matches: how much, how soon, and how much of it their own.
#pragma once

#include "ports/search_index.h"
#include "search/snapshot.h"

namespace tidings::search {

// Without cursor. Looks at every article of the snapshot: stories and copies are told by articles
// that do not match as well.
PublisherStatistics publisher_statistics(const Snapshot& snapshot, const PublisherRequest& request);

}  // namespace tidings::search
