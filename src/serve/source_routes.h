// /api/v1/sources: which feeds are followed and how they do.
#pragma once

#include <vector>

#include "core/time.h"
#include "ports/source_store.h"
#include "serve/router.h"

namespace tidings::serve {

// Store and clock must outlive the routes.
std::vector<Route> source_routes(const SourceStore& sources, const Clock& clock);

}  // namespace tidings::serve
