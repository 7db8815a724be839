// How stories and the places of articles in them lie in their rows.
#pragma once

#include <cstddef>
#include <string_view>

#include "adapters/sql/rows.h"
#include "adapters/sql/value.h"
#include "model/story.h"

namespace tidings::sql {

// For SELECT, in the order that read_story() takes them; $1 to $22 of kWriteStory.
inline constexpr std::string_view kStoryColumns =
    "s.id, s.language, s.headline, s.headline_article, s.url, s.image, s.opened_at, s.updated_at, "
    "s.articles, s.copies, s.publishers, s.rank_key, s.rank_publishers, s.rank_velocity, "
    "s.rank_topic, s.topics, s.countries, s.entities, s.negative, s.neutral, s.positive, "
    "s.sentiment";
inline constexpr std::size_t kStoryColumnCount = 22;
extern const std::string_view kWriteStory;

Story read_story(const Row& row);
// Borrows from the story.
void add_story(Parameters& parameters, const Story& story);

// For SELECT, in the order that read_place() takes them from column `first`; $1 to $12 of
// kWritePlace.
inline constexpr std::string_view kPlaceColumns =
    "m.article_id, m.story_id, m.source_id, m.publisher, m.published, m.similarity, "
    "m.next_similarity, m.copy_of, m.copy_similarity, m.words, m.evidence, m.entities";
inline constexpr std::size_t kPlaceColumnCount = 12;
extern const std::string_view kWritePlace;

StoryArticle read_place(const Row& row, std::size_t first);
// Borrows from the place.
void add_place(Parameters& parameters, const StoryArticle& place);

// A correction's articles.
std::string encode_articles(const std::vector<ArticleId>& ids);
std::vector<ArticleId> decode_articles(std::string_view json);

}  // namespace tidings::sql
