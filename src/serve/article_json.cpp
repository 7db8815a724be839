#include "serve/article_json.h"

#include <utility>

#include "model/feed_fields.h"
#include "serve/cache_tags.h"
#include "serve/findings_json.h"

namespace tidings::serve {
namespace {

void write_brief(JsonWriter& json, const AnalysisBrief& brief) {
  write_topics(json, brief.topics);
  if (brief.tone) {
    json.key("sentiment");
    json.begin_object();
    json.field("score", brief.sentiment);
    json.field("label", to_string(*brief.tone));
    json.end_object();
  }
  write_countries(json, brief.countries);
}

void write_fields(JsonWriter& json, const ArticleSummary& article, const SourceLabel& source) {
  json.field("id", to_int(article.id));
  json.field("source_id", to_int(article.source_id));
  json.field_if("source_title", source.title);
  json.field_if("url", article.url);
  json.field("title", article.title);
  write_authors(json, article.authors);
  json.field_if("summary", article.summary);
  json.field_if("language", article.language);
  json.field_if("country", article.country);
  json.texts_if("categories", article.categories);
  json.field_if("image", article.image);
  json.field_if("comments_url", article.comments_url);
  json.field_if("rights", article.rights);
  json.field("published", article.published);
  if (article.updated) json.field("updated", *article.updated);
  json.field("added_at", article.added_at);
  json.field("revision", article.revision);
  write_brief(json, article.analysis);
}

void write_place(JsonWriter& json, const StoryMark* place) {
  if (place == nullptr) return;
  json.field("story_id", to_int(place->story_id));
  if (place->story_articles > 0) json.field("story_size", place->story_articles);
  if (place->copy_of) json.field("copy_of", to_int(*place->copy_of));
}

}  // namespace

Result<StoryPlaces> StoryPlaces::of(const StoryStore& stories, std::span<const ArticleId> ids) {
  StoryPlaces places;
  for (const StoryMark& one : TRY(stories.marks(ids)))
    places.places_.emplace(to_int(one.article_id), one);
  places.is_whole_ = places.places_.size() == ids.size();
  return places;
}

Result<StoryPlaces> StoryPlaces::of(const StoryStore& stories,
                                    std::span<const ArticleSummary> articles) {
  std::vector<ArticleId> ids;
  ids.reserve(articles.size());
  for (const ArticleSummary& article : articles) ids.push_back(article.id);
  return of(stories, ids);
}

const StoryMark* StoryPlaces::find(ArticleId id) const {
  const auto found = places_.find(to_int(id));
  return found == places_.end() ? nullptr : &found->second;
}

void StoryPlaces::add_tags(std::vector<CacheTag>& tags) const {
  for (const auto& [id, one] : places_) tags.push_back(story_tag(one.story_id));
  if (!is_whole_) tags.push_back(unplaced_tag());
}

Result<void> write_summary_fields(JsonWriter& json, const ArticleSummary& article,
                                  SourceDirectory& sources) {
  write_fields(json, article, TRY(sources.label(article.source_id)));
  return {};
}

Result<void> write_summary(JsonWriter& json, const ArticleSummary& article,
                           SourceDirectory& sources, const StoryPlaces& places) {
  json.begin_object();
  TRY(write_summary_fields(json, article, sources));
  write_place(json, places.find(article.id));
  json.end_object();
  return {};
}

Result<void> write_article(JsonWriter& json, const Article& article, SourceDirectory& sources,
                           const StoryPlaces& places) {
  json.begin_object();
  TRY(write_summary_fields(json, article.summary, sources));
  write_place(json, places.find(article.summary.id));
  json.field_if("content_html", article.body.content_html);
  json.field_if("text", article.body.text);
  write_enclosures(json, article.body.enclosures);
  json.end_object();
  return {};
}

void write_revision(JsonWriter& json, const ArticleRevision& revision) {
  json.begin_object();
  json.field("revision", revision.revision);
  json.field("replaced_at", revision.replaced_at);
  json.field("title", revision.title);
  json.field_if("url", revision.url);
  json.field_if("content_html", revision.content_html);
  json.end_object();
}

}  // namespace tidings::serve
