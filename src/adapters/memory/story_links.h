// Links between stories, as every story store keeps them.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <vector>

#include "ports/story_store.h"

namespace tidings::memory {

// By the story that has them. For one thread at a time.
class StoryLinkTable {
 public:
  using IsThere = std::function<bool(StoryId)>;

  // Gives the stories that changed by it.
  std::set<StoryId> write(const std::vector<LinksOfStory>& links, const IsThere& is_there);
  void merge(const StoryMerge& merge);
  void remove(StoryId id);  // with those to it
  std::vector<StoryLink> of(StoryId id) const;

 private:
  bool leads(StoryId from, StoryId to) const;

  std::map<StoryId, std::vector<StoryLink>> links_;
};

}  // namespace tidings::memory
