// Links between stories in their rows: one for each that a story has to another.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/sql/database.h"
#include "ports/story_store.h"

namespace tidings::sql {

// Writes those of a step whose stories are written, and tells of the stories that changed by it
// and that it does not tell of itself.
Result<void> write_links(Transaction& transaction, const StoryStep& step);

// As StoryStep says of stories that merged.
Result<void> merge_links(Connection& connection, const StoryMerge& merge);

// Of and to stories; `ids` one a list.
Result<void> remove_links(Connection& connection, const Parameters& ids);

// As StoryStore::links.
Result<std::vector<StoryLink>> read_links(Connection& connection, StoryId id);
extern const std::string_view kSelectLinksOfOthers;  // to the story $1, at most $2

}  // namespace tidings::sql
