#include "ports/story_store.h"

namespace tidings {

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
