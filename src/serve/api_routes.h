// Every route that there is.
#pragma once

#include <string>
#include <vector>

#include "serve/api_server.h"
#include "serve/router.h"
#include "serve/source_directory.h"

namespace tidings::serve {

// Links begin with `public_url`, which has no slash at its end. The arguments, and what they refer
// to, must outlive the routes.
std::vector<Route> api_routes(const Dependencies& dependencies, SourceDirectory& sources,
                              const std::string& public_url);

}  // namespace tidings::serve
