#include "serve/cache_tags.h"

#include <string>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::serve {
namespace {

// Every list carries this one too: it is marked by what may change any of them.
CacheTag all_lists() {
  static const CacheTag tag = make_tag("lists");
  return tag;
}

// A list waits for new articles under one tag, made of its filters. The source alone is enough
// where it is one of them: it names few articles.
CacheTag filter_tag(SourceId source) {
  return make_tag(fmt::format("list source={}", to_int(source)));
}
CacheTag filter_tag(std::string_view language, std::string_view country) {
  return make_tag(to_lower(fmt::format("list language={} country={}", language, country)));
}

void add_new_article_tags(std::vector<CacheTag>& tags, const Event& event,
                          const std::string& country) {
  tags.push_back(filter_tag(event.source_id));
  const std::string_view language = event.language;
  const std::string_view primary = language.substr(0, language.find('-'));
  // "" is the list that does not filter by it; a primary subtag matches its regions.
  std::vector<std::string_view> languages = {""};
  if (!language.empty()) languages.push_back(language);
  if (primary != language) languages.push_back(primary);
  for (const std::string_view one : languages) {
    tags.push_back(filter_tag(one, ""));
    if (!country.empty()) tags.push_back(filter_tag(one, country));
  }
}

}  // namespace

CacheTag article_tag(ArticleId id) {
  return make_tag(fmt::format("article {}", to_int(id)));
}

CacheTag source_tag(SourceId id) {
  return make_tag(fmt::format("source {}", to_int(id)));
}

CacheTag story_tag(StoryId id) {
  return make_tag(fmt::format("story {}", to_int(id)));
}

CacheTag unplaced_tag() {
  static const CacheTag tag = make_tag("unplaced");
  return tag;
}

std::vector<CacheTag> story_list_tags() {
  static const std::vector<CacheTag> tags = {make_tag("stories")};
  return tags;
}

CacheTag search_index_tag() {
  static const CacheTag tag = make_tag("search index");
  return tag;
}

std::vector<CacheTag> search_answer_tags() {
  return {search_index_tag(), all_lists()};
}

CacheTag trends_tag() {
  static const CacheTag tag = make_tag("trends");
  return tag;
}

CacheTag ratings_tag() {
  static const CacheTag tag = make_tag("ratings");
  return tag;
}

std::vector<CacheTag> list_tags(const ArticleQuery& query,
                                std::span<const ArticleSummary> articles) {
  std::vector<CacheTag> tags = {all_lists(), query.source_id
                                                 ? filter_tag(*query.source_id)
                                                 : filter_tag(query.language, query.country)};
  if (query.story_id) tags.push_back(story_tag(*query.story_id));
  for (const ArticleSummary& article : articles) tags.push_back(article_tag(article.id));
  return tags;
}

std::vector<CacheTag> event_tags(const Event& event, const std::string* country) {
  std::vector<CacheTag> tags;
  switch (event.kind) {
    case EventKind::ArticleEdited:
    case EventKind::ArticleCompleted:
    case EventKind::ArticleAnalyzed:
    case EventKind::ArticleDeleted:
      tags.push_back(article_tag(ArticleId(event.subject)));
      [[fallthrough]];
    case EventKind::ArticleAdded:
      if (country != nullptr) {
        add_new_article_tags(tags, event, *country);
      } else {
        tags.push_back(all_lists());
      }
      break;
    case EventKind::SourceAdded:
    case EventKind::SourceChanged:
    case EventKind::SourceRemoved:
      // Lists show its title.
      tags = {all_lists(), source_tag(event.source_id)};
      break;
    case EventKind::StoryOpened:
    case EventKind::StoryUpdated:
    case EventKind::StoryMerged:
    case EventKind::StoryRemoved:
      tags = {make_tag("stories"), story_tag(StoryId(event.subject)), unplaced_tag()};
      break;
    case EventKind::RatingsChanged:
      tags = {ratings_tag()};
      break;
    case EventKind::TrendRose:
    case EventKind::TrendOver:
      tags = {trends_tag()};
      break;
    case EventKind::SavedSearchChanged:
    case EventKind::SavedSearchRemoved:
    case EventKind::SearchMatched:   // Saved searches are not kept in the cache.
    case EventKind::StoryCorrected:  // What follows from it are events of their own.
    case EventKind::SourceFailed:
    case EventKind::SourceRecovered:
      break;  // Nothing that is kept shows a source's health.
  }
  return tags;
}

}  // namespace tidings::serve
