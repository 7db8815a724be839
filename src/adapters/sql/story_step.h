// A step of the grouping, written.
#pragma once

#include "adapters/sql/database.h"
#include "ports/story_store.h"

namespace tidings::sql {

// As StoryStore::apply, as part of a transaction; the consumer's step is the caller's.
Result<void> write_step(Transaction& transaction, const StoryStep& step);

// What is said where the state is at another version than was thought.
Error changed_meanwhile();

// Takes the state from `version` to the next. Conflict when it is elsewhere.
Result<void> take_version(Transaction& transaction, std::int64_t version);

// Removes stories and who was sent to them, and tells of those that were there.
Result<void> remove_stories(Transaction& transaction, std::span<const StoryId> ids);

}  // namespace tidings::sql
