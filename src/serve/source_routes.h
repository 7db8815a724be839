// /api/v1/sources: which feeds are followed and how they do.
#pragma once

#include <vector>

#include "ports/source_store.h"
#include "serve/router.h"

namespace tidings::serve {

// The store must outlive the routes.
std::vector<Route> source_routes(const SourceStore& sources);

}  // namespace tidings::serve
