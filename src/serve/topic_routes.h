// /api/v1/topics: what articles can be about.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "serve/router.h"

namespace tidings::serve {

std::vector<Route> topic_routes();

std::string topic_code(std::uint32_t number);  // "medtop:15000000"

// The topics of the top level: "medtop:15000000 (sport), …".
std::string topics_in_words();

}  // namespace tidings::serve
