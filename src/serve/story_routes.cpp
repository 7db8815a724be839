#include "serve/story_routes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/json_writer.h"
#include "serve/article_json.h"
#include "serve/cache_tags.h"
#include "serve/cursor.h"
#include "serve/findings_json.h"
#include "serve/story_filters.h"
#include "serve/story_json.h"
#include "serve/story_page.h"

namespace tidings::serve {
namespace {

// RFC 8288, so that clients can go on without reading the body.
void link_next(Content& content, const Call& call, const std::string& cursor) {
  if (cursor.empty()) return;
  const std::string filters = call.parameters.canonical("cursor");
  content.headers.emplace_back("Link", fmt::format("<{}?{}{}cursor={}>; rel=\"next\"", call.path,
                                                   filters, filters.empty() ? "" : "&", cursor));
}

Result<Content> list_stories(const StoryRouteStores& stores, const Call& call) {
  const StoryQuery query = TRY(story_query(call.parameters));
  const StoryPage page = TRY(stores.stories.find(query));
  const std::string cursor = page.next ? story_cursor(query, *page.next) : "";
  const Time now = stores.clock.now();
  Content content{.tags = story_list_tags()};
  JsonWriter json(content.body);
  json.begin_object();
  json.key("stories");
  json.begin_array();
  for (const Story& story : page.stories) {
    json.begin_object();
    write_story_fields(json, story, now);
    json.end_object();
  }
  json.end_array();
  json.field_if("next_cursor", cursor);
  json.end_object();
  content.body += '\n';
  link_next(content, call, cursor);
  return content;
}

Result<StoryId> story_id(const Call& call) {
  const auto id = parse_id<StoryId>(call.path_id);
  if (!id) return not_found("A story is named by its number, as in /api/v1/stories/123.");
  return *id;
}

// For good: a story that merged does not come back by itself.
Content moved_to(StoryId into, std::string_view rest, const Call& call) {
  const std::string query = call.parameters.canonical();
  return {.status = 308,
          .body = fmt::format("{{\"id\":{}}}\n", to_int(into)),
          .headers = {{"Location", fmt::format("/api/v1/stories/{}{}{}{}", to_int(into), rest,
                                               query.empty() ? "" : "?", query)}},
          .cache_control = "no-cache"};
}

Result<Content> one_story(const StoryRouteStores& stores, const Call& call) {
  const StoryId id = TRY(story_id(call));
  if (const auto into = TRY(stores.stories.merged_into(id))) return moved_to(*into, "", call);
  return story_page(stores, id);
}

void write_place(JsonWriter& json, const StoryPlacement& placement) {
  const StoryArticle& place = placement.place;
  json.field("publisher", place.publisher);
  if (place.copy_of) {
    json.field("copy_of", to_int(*place.copy_of));
    json.field("copy_similarity", place.copy_similarity);
  }
  json.field("similarity", place.similarity);
  json.field("next_similarity", place.next_similarity);
  write_evidence(json, place.evidence);
}

Result<ArticleQuery> members_asked(StoryId id, const Call& call) {
  ArticleQuery query{.story_id = id};
  query.limit = static_cast<std::size_t>(call.parameters.number("limit").value_or(50));
  if (const auto text = call.parameters.text("cursor")) {
    const Cursor cursor =
        TRY(decode_cursor(CursorKind::Articles, static_cast<std::uint64_t>(to_int(id)), *text));
    query.after = {.published = from_micros(cursor.time), .id = ArticleId(cursor.id)};
  }
  return query;
}

Result<void> write_members(JsonWriter& json, const StoryRouteStores& stores,
                           const ArticlePage& page) {
  std::vector<ArticleId> ids;
  ids.reserve(page.articles.size());
  for (const ArticleSummary& article : page.articles) ids.push_back(article.id);
  const std::vector<StoryPlacement> placements = TRY(stores.stories.placements(ids));
  json.key("articles");
  json.begin_array();
  for (const ArticleSummary& article : page.articles) {
    const auto placement = std::ranges::find(
        placements, article.id, [](const StoryPlacement& one) { return one.place.article_id; });
    if (placement == placements.end()) continue;  // it left the story between two reads
    json.begin_object();
    TRY(write_summary_fields(json, article, stores.sources));
    write_place(json, *placement);
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<Content> story_articles(const StoryRouteStores& stores, const Call& call) {
  const StoryId id = TRY(story_id(call));
  if (const auto into = TRY(stores.stories.merged_into(id)))
    return moved_to(*into, "/articles", call);
  TRY(stores.stories.get(id));
  const ArticlePage page = TRY(stores.articles.find(TRY(members_asked(id, call))));
  const std::string cursor =
      !page.next
          ? ""
          : encode_cursor(CursorKind::Articles, static_cast<std::uint64_t>(to_int(id)),
                          {.time = to_micros(page.next->published), .id = to_int(page.next->id)});
  Content content{.tags = {story_tag(id)}};
  for (const ArticleSummary& article : page.articles) {
    content.tags.push_back(article_tag(article.id));
    content.tags.push_back(source_tag(article.source_id));  // its title is shown
  }
  JsonWriter json(content.body);
  json.begin_object();
  json.field("story_id", to_int(id));
  TRY(write_members(json, stores, page));
  json.field_if("next_cursor", cursor);
  json.end_object();
  content.body += '\n';
  link_next(content, call, cursor);
  return content;
}

}  // namespace

std::vector<Route> story_routes(const StoryRouteStores& stores) {
  return {
      {.pattern = "/api/v1/stories",
       .access = Access::Reader,
       .caching = Caching::ByEvents,
       .parameters = story_list_parameters(),
       .handler = [stores](const Call& call) { return list_stories(stores, call); }},
      {.pattern = "/api/v1/stories/{id}",
       .access = Access::Reader,
       .caching = Caching::ByEvents,
       .handler = [stores](const Call& call) { return one_story(stores, call); }},
      {.pattern = "/api/v1/stories/{id}/articles",
       .access = Access::Reader,
       .caching = Caching::ByEvents,
       .parameters =
           {{.name = "limit", .kind = ParameterKind::Limit, .max = 500, .default_value = 50},
            {.name = "cursor", .kind = ParameterKind::Cursor}},
       .handler = [stores](const Call& call) { return story_articles(stores, call); }},
  };
}

}  // namespace tidings::serve
