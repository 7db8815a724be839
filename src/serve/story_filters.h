// By what a list of stories can be filtered and ordered, and what that asks of the store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "ports/story_store.h"
#include "serve/parameters.h"

namespace tidings::serve {

const std::vector<Parameter>& story_list_parameters();

// InvalidInput (serve/problem.h) names the parameter and the values that it knows.
Result<StoryQuery> story_query(const Parameters& parameters);

// For the page after the one that ends at `position`.
std::string story_cursor(const StoryQuery& query, const StoryQuery::Position& position);

}  // namespace tidings::serve
