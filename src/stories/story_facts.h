// What a story is, from its articles: all that lists show of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/story.h"
#include "stories/ranking.h"

namespace tidings::stories {

// Members that facts are made of; of a greater story the newest.
inline constexpr std::size_t kFactMembersMax = 2'000;

// Of `members`, one or more, by time; `articles` are all of the story. The headline is that of the
// original that says most of what the titles say together, and says most beside it; copies only
// where there is nothing else. Scores have three digits. Depends on its arguments alone.
Story story_of(StoryId id, std::span<const StoryMember> members, std::int64_t articles,
               const TopicWeights& weights);

// Of articles that repeat each other the one that was published first is the original, whichever
// came first: feeds are read in any order. `members` are by time; says which of them have changed.
// An original that is not among them stays what the others are copies of.
std::vector<std::size_t> settle_originals(std::span<StoryMember> members);

// The index of the member whose headline stands for all.
std::size_t headline_of(std::span<const StoryMember> members);

}  // namespace tidings::stories
