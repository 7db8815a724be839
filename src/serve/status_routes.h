// /api/v1/stats, /health, /health/deep and /metrics: how the program itself does.
#pragma once

#include <vector>

#include "serve/api_server.h"
#include "serve/router.h"
#include "serve/source_directory.h"

namespace tidings::serve {

// The arguments must outlive the routes.
std::vector<Route> status_routes(const Dependencies& dependencies, SourceDirectory& sources);

}  // namespace tidings::serve
