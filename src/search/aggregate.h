// Counts of what matches: over time, and by what articles have.
#pragma once

#include "ports/search_index.h"
#include "search/snapshot.h"

namespace tidings::search {

// Without cursor and notes of what was left out.
Aggregates aggregate(const Snapshot& snapshot, const AggregateRequest& request);

// Without cursor. The dimension is a list.
CooccurrenceCounts cooccurrence(const Snapshot& snapshot, const CooccurrenceRequest& request);

}  // namespace tidings::search
