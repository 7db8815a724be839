#include "ports/story_store.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/utf8.h"
#include "ports/store_rules.h"

namespace tidings {
namespace {

void cut(std::string& text) {
  std::string buffer;
  text = std::string(utf8_prefix(storable_text(text, buffer), kLinkTextBytesMax));
}

// Of two to one story the first stays.
std::vector<StoryLink> strongest(std::vector<StoryLink> links) {
  std::set<StoryId> seen;
  std::erase_if(links, [&](const StoryLink& link) { return !seen.insert(link.story).second; });
  std::ranges::sort(links, [](const StoryLink& a, const StoryLink& b) {
    return a.score != b.score ? a.score > b.score : a.story < b.story;
  });
  if (links.size() > kStoryLinksMax) links.resize(kStoryLinksMax);
  return links;
}

}  // namespace

std::vector<StoryLink> kept_links(StoryId story, std::vector<StoryLink> links) {
  std::erase_if(links, [&](const StoryLink& link) { return link.story == story; });
  links = strongest(std::move(links));
  for (StoryLink& link : links) {
    if (link.evidence.size() > kLinkEvidenceMax) link.evidence.resize(kLinkEvidenceMax);
    for (LinkEvidence& each : link.evidence) {
      cut(each.text);
      cut(each.other);
    }
  }
  return links;
}

StoryLink turned_round(StoryLink link, StoryId story) {
  link.story = story;
  for (LinkEvidence& each : link.evidence) std::swap(each.text, each.other);
  return link;
}

std::vector<StoryLink> joined_links(std::vector<StoryLink> own, std::vector<StoryLink> of_others) {
  std::ranges::move(of_others, std::back_inserter(own));
  return strongest(std::move(own));
}

StoryQuery::Position position_of(const Story& story, StorySort sort) {
  switch (sort) {
    case StorySort::Rank:
      return {.key = to_micros(story.rank_key), .id = story.id};
    case StorySort::Newest:
      return {.key = to_micros(story.updated_at), .id = story.id};
    case StorySort::Size:
      break;
  }
  return {.key = story.articles, .id = story.id};
}

}  // namespace tidings
