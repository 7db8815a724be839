// Articles as JSON: the one shape that lists, single articles and live events share.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/json_writer.h"
#include "model/article.h"
#include "ports/article_store.h"
#include "ports/story_store.h"
#include "serve/response_cache.h"
#include "serve/source_directory.h"

namespace tidings::serve {

// Where articles stand in stories, for what shows several of them.
class StoryPlaces {
 public:
  // Unavailable as the store.
  static Result<StoryPlaces> of(const StoryStore& stories, std::span<const ArticleId> ids);
  static Result<StoryPlaces> of(const StoryStore& stories,
                                std::span<const ArticleSummary> articles);

  // Null for one that has no place yet.
  const StoryMark* find(ArticleId id) const;
  // Of what shows these articles.
  void add_tags(std::vector<CacheTag>& tags) const;

 private:
  std::unordered_map<std::int64_t, StoryMark> places_;
  bool is_whole_ = true;  // each article has its place
};

// An object; absent values are left out. Unavailable when the source's title cannot be read.
Result<void> write_summary(JsonWriter& json, const ArticleSummary& article,
                           SourceDirectory& sources, const StoryPlaces& places);
// The same with content_html, text and enclosures.
Result<void> write_article(JsonWriter& json, const Article& article, SourceDirectory& sources,
                           const StoryPlaces& places);

// source_title, url, title and the like: the fields of an open object.
Result<void> write_summary_fields(JsonWriter& json, const ArticleSummary& article,
                                  SourceDirectory& sources);

void write_revision(JsonWriter& json, const ArticleRevision& revision);

}  // namespace tidings::serve
