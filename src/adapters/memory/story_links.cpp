#include "adapters/memory/story_links.h"

#include <algorithm>
#include <utility>

namespace tidings::memory {

bool StoryLinkTable::leads(StoryId from, StoryId to) const {
  const auto links = links_.find(from);
  return links != links_.end() &&
         std::ranges::find(links->second, to, &StoryLink::story) != links->second.end();
}

std::set<StoryId> StoryLinkTable::write(const std::vector<LinksOfStory>& links,
                                        const IsThere& is_there) {
  std::set<StoryId> changed;
  std::map<StoryId, std::vector<StoryLink>> written;
  for (const LinksOfStory& one : links) {
    if (!is_there(one.story)) continue;
    changed.insert(one.story);
    std::vector<StoryLink>& kept = written[one.story] = kept_links(one.story, one.links);
    std::erase_if(kept, [&](const StoryLink& link) { return !is_there(link.story); });
    for (const StoryLink& link : kept) {
      if (!leads(one.story, link.story) && !leads(link.story, one.story))
        changed.insert(link.story);
    }
  }
  for (auto& [story, kept] : written) links_[story] = std::move(kept);
  return changed;
}

void StoryLinkTable::merge(const StoryMerge& merge) {
  links_.erase(merge.from);
  for (auto& [id, links] : links_) {
    const auto link = std::ranges::find(links, merge.from, &StoryLink::story);
    if (link == links.end()) continue;
    if (id == merge.into || leads(id, merge.into)) {
      links.erase(link);
    } else {
      link->story = merge.into;
    }
  }
}

void StoryLinkTable::remove(StoryId id) {
  links_.erase(id);
  for (auto& [other, links] : links_)
    std::erase_if(links, [&](const StoryLink& link) { return link.story == id; });
}

std::vector<StoryLink> StoryLinkTable::of(StoryId id) const {
  std::vector<StoryLink> of_others;
  for (const auto& [other, links] : links_) {
    const auto link = std::ranges::find(links, id, &StoryLink::story);
    if (link != links.end()) of_others.push_back(turned_round(*link, other));
  }
  const auto own = links_.find(id);
  return joined_links(own == links_.end() ? std::vector<StoryLink>() : own->second,
                      std::move(of_others));
}

}  // namespace tidings::memory
