// A step of the grouping, written.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/sql/database.h"
#include "ports/story_store.h"

namespace tidings::sql {

// As StoryStore::apply, as part of a transaction; the consumer's step is the caller's.
Result<void> write_step(Transaction& transaction, const StoryStep& step);

// What is said where the state is at another version than was thought.
Error changed_meanwhile();

// Takes the state from `version` to the next. Conflict when it is elsewhere.
Result<void> take_version(Transaction& transaction, std::int64_t version);

// What an event says of a story.
struct KnownStory {
  std::string language;
  Time updated_at;
};
using KnownStories = std::unordered_map<StoryId, KnownStory>;

// Those that are there; `ids` one a list.
Result<KnownStories> known_stories(Connection& connection, const Parameters& ids);
// An event for each of these that is known.
void tell_of(Transaction& transaction, EventKind kind, const std::vector<StoryId>& ids,
             const KnownStories& known);

// Removes stories with their links and who was sent to them, and tells of those that were there.
Result<void> remove_stories(Transaction& transaction, const std::vector<StoryId>& ids);

}  // namespace tidings::sql
