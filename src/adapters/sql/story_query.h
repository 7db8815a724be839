// How a listing of stories is asked for.
#pragma once

#include <cstddef>

#include "adapters/sql/article_query.h"
#include "ports/story_store.h"

namespace tidings::sql {

// In the order of an index; where articles are asked for, the stories of the newest of these,
// sorted.
Question story_listing(const StoryQuery& query, std::size_t limit, const Dialect& dialect);

}  // namespace tidings::sql
