// Sources that a person should look at.
#pragma once

#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "ports/source_store.h"

namespace tidings {

// As SourceStore::find, of those that have the concern at `now`. Reads on through the store until
// `query.limit` are found: a concern depends on the time, which no index knows.
Result<std::vector<Source>> find_concerning(const SourceStore& store, SourceQuery query,
                                            SourceConcern concern, Time now);

}  // namespace tidings
