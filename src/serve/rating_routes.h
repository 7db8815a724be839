// /api/v1/ratings: how somebody rates publishers, as a table to give and to take back.
#pragma once

#include <vector>

#include "ports/rating_store.h"
#include "serve/router.h"

namespace tidings::serve {

// The store must outlive the routes.
std::vector<Route> rating_routes(RatingStore& ratings);

}  // namespace tidings::serve
