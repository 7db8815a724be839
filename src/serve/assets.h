// The first page and what it loads, compiled into the program.
#pragma once

#include <vector>

#include "serve/router.h"

namespace tidings::serve {

std::vector<Route> asset_routes();

}  // namespace tidings::serve
