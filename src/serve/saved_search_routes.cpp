#include "serve/saved_search_routes.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "core/json_writer.h"
#include "model/saved_search_json.h"
#include "serve/article_json.h"
#include "serve/cursor.h"

namespace tidings::serve {
namespace {

constexpr std::int64_t kMatchesMax = 200;

Result<Content> list_searches(const SavedSearchRouteStores& stores, const Call&) {
  Content content;
  JsonWriter json(content.body);
  json.begin_object();
  json.key("searches");
  json.begin_array();
  for (const SavedSearch& search : TRY(stores.searches.list(kLocalOwner)))
    write_saved_search(json, search);
  json.end_array();
  json.end_object();
  content.body += '\n';
  return content;
}

Result<SavedSearchId> search_id(const Call& call) {
  const auto id = parse_id<SavedSearchId>(call.path_id);
  if (!id) return not_found("A search is named by its number, as in /api/v1/searches/123.");
  return *id;
}

Result<Content> one_search(const SavedSearchRouteStores& stores, const Call& call) {
  Content content;
  JsonWriter json(content.body);
  write_saved_search(json, TRY(stores.searches.get(TRY(search_id(call)))));
  content.body += '\n';
  return content;
}

std::uint64_t fingerprint(SavedSearchId id) {
  return static_cast<std::uint64_t>(to_int(id));
}

Result<std::optional<ArticleId>> position_asked(SavedSearchId id, const Call& call) {
  const auto text = call.parameters.text("cursor");
  if (!text) return std::optional<ArticleId>();
  const Cursor cursor = TRY(decode_cursor(CursorKind::SearchMatches, fingerprint(id), *text));
  return std::optional(ArticleId(cursor.id));
}

Result<void> write_matches(JsonWriter& json, const SavedSearchRouteStores& stores,
                           const std::vector<SearchMatch>& matches) {
  std::vector<ArticleId> ids;
  ids.reserve(matches.size());
  for (const SearchMatch& match : matches) ids.push_back(match.article_id);
  std::unordered_map<std::int64_t, ArticleSummary> articles;
  for (ArticleSummary& article : TRY(stores.articles.get_many(ids)))
    articles.emplace(to_int(article.id), std::move(article));
  const StoryPlaces places = TRY(StoryPlaces::of(stores.stories, ids));
  json.key("matches");
  json.begin_array();
  for (const SearchMatch& match : matches) {
    const auto article = articles.find(to_int(match.article_id));
    if (article == articles.end()) continue;  // removed between two reads
    json.begin_object();
    json.field("matched_at", match.at);
    json.key("article");
    TRY(write_summary(json, article->second, stores.sources, places));
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<Content> matches_of(const SavedSearchRouteStores& stores, const Call& call) {
  const SavedSearchId id = TRY(search_id(call));
  TRY(stores.searches.get(id));
  const auto limit = static_cast<std::size_t>(call.parameters.number("limit").value_or(50));
  const std::vector<SearchMatch> matches =
      TRY(stores.searches.matches(id, TRY(position_asked(id, call)), limit));
  Content content;
  JsonWriter json(content.body);
  json.begin_object();
  json.field("search_id", to_int(id));
  TRY(write_matches(json, stores, matches));
  if (matches.size() == limit) {
    const std::string cursor = encode_cursor(CursorKind::SearchMatches, fingerprint(id),
                                             {.id = to_int(matches.back().article_id)});
    json.field("next_cursor", cursor);
    content.headers.emplace_back(
        "Link", fmt::format("<{}?limit={}&cursor={}>; rel=\"next\"", call.path, limit, cursor));
  }
  json.end_object();
  content.body += '\n';
  return content;
}

}  // namespace

std::vector<Route> saved_search_routes(const SavedSearchRouteStores& stores) {
  const auto route = [&](std::string pattern, std::vector<Parameter> parameters,
                         Result<Content> (*answer)(const SavedSearchRouteStores&, const Call&)) {
    return Route{.pattern = std::move(pattern),
                 .access = Access::Reader,
                 .parameters = std::move(parameters),
                 .handler = [stores, answer](const Call& call) { return answer(stores, call); }};
  };
  return {
      route("/api/v1/searches", {}, list_searches),
      route("/api/v1/searches/{id}", {}, one_search),
      route("/api/v1/searches/{id}/matches",
            {{.name = "limit", .kind = ParameterKind::Limit, .max = kMatchesMax},
             {.name = "cursor", .kind = ParameterKind::Cursor}},
            matches_of),
  };
}

}  // namespace tidings::serve
