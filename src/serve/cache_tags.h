// Which answers an event can change: the tags that answers carry and events mark.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "model/event.h"
#include "ports/article_store.h"
#include "serve/response_cache.h"

namespace tidings::serve {

CacheTag article_tag(ArticleId id);
CacheTag source_tag(SourceId id);
CacheTag story_tag(StoryId id);
// Of whatever shows an article that has no place in a story yet: any story may take it in.
CacheTag unplaced_tag();

// A list shows new articles of its filter and forgets when any that it shows changes, or a source
// does.
std::vector<CacheTag> list_tags(const ArticleQuery& query,
                                std::span<const ArticleSummary> articles);

// A list of stories changes with any story.
std::vector<CacheTag> story_list_tags();

// What asks for the last days is made anew after so long, though nothing happened.
inline constexpr std::chrono::minutes kMovingKept{1};

// Of what the search index answers: marked when the index has something else to say. No event marks
// it: the index takes events later than the cache does.
CacheTag search_index_tag();
// Of an answer that was counted or found in the index, and names sources.
std::vector<CacheTag> search_answer_tags();

// Of what shows which trends there are. Their figures change without an event.
CacheTag trends_tag();

// Of what uses ratings of publishers.
CacheTag ratings_tag();

// The tags that `event` marks. `country` is that of its source; nothing when it could not be
// learned: then every list is marked.
std::vector<CacheTag> event_tags(const Event& event, const std::string* country);

}  // namespace tidings::serve
