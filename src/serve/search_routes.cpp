#include "serve/search_routes.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "core/json_writer.h"
#include "query/canonical.h"
#include "search/highlight.h"
#include "serve/aggregates_json.h"
#include "serve/article_json.h"
#include "serve/cache_tags.h"
#include "serve/explanation_json.h"
#include "serve/problem.h"
#include "serve/query_parameter.h"

namespace tidings::serve {
namespace {

constexpr std::int64_t kHitsMax = 100, kFacetNames = 10;
constexpr std::size_t kTextsRead = 20;  // of articles, for snippets: whole ones in memory

const std::vector<Parameter>& search_parameters() {
  static const std::vector<Parameter> kParameters = {
      kQueryParameter,
      {.name = "sort"},
      {.name = "limit", .kind = ParameterKind::Limit, .max = kHitsMax, .default_value = 20},
      {.name = "offset", .kind = ParameterKind::Sequence},
      {.name = "stories", .kind = ParameterKind::Flag},
      {.name = "explain", .kind = ParameterKind::Flag},
      {.name = "count"},
      {.name = "facets"},
      {.name = "lang", .kind = ParameterKind::Language},
      kTimeZoneParameter};
  return kParameters;
}

Result<SearchSort> sort_asked(const Parameters& parameters) {
  const auto sort = parse_search_sort(parameters.text("sort").value_or("relevance"));
  if (sort) return *sort;
  return bad_parameter("sort", "'sort' must be relevance, newest or oldest.");
}

Result<CountPrecision> count_asked(const Parameters& parameters) {
  const std::string_view count = parameters.text("count").value_or("estimate");
  if (count == "exact") return CountPrecision::Exact;
  if (count == "estimate") return CountPrecision::Estimate;
  return bad_parameter("count", "'count' must be exact or estimate.");
}

Result<SearchRequest> request_of(const Parameters& parameters, Time now) {
  SearchRequest request{.query = TRY(asked_query(parameters, now)),
                        .sort = TRY(sort_asked(parameters)),
                        .offset = static_cast<std::size_t>(parameters.number("offset").value_or(0)),
                        .limit = static_cast<std::size_t>(parameters.number("limit").value_or(20)),
                        .per_story = parameters.flag("stories").value_or(true),
                        .explain = parameters.flag("explain").value_or(false),
                        .count = TRY(count_asked(parameters)),
                        .now = now};
  if (request.offset + request.limit > kSearchDepthMax)
    return bad_parameter("offset",
                         fmt::format("A search shows its first {} hits: narrow the query down, or "
                                     "ask for them by time with since: and until:.",
                                     kSearchDepthMax));
  return request;
}

// The articles of the hits, and of each the pieces that say what was asked for.
class HitWriter {
 public:
  HitWriter(const SearchRouteStores& stores, const Query& query, JsonWriter& json)
      : stores_(stores), highlighter_(query), json_(json) {}

  // Adds to `tags` what the hits show.
  Result<void> write(std::span<const SearchHit> hits, std::vector<CacheTag>& tags) {
    std::vector<ArticleId> ids;
    ids.reserve(hits.size());
    for (const SearchHit& hit : hits) ids.push_back(hit.article_id);
    const StoryPlaces places = TRY(StoryPlaces::of(stores_.stories, ids));
    places.add_tags(tags);
    for (const ArticleId id : ids) tags.push_back(article_tag(id));
    json_.key("hits");
    json_.begin_array();
    while (!hits.empty()) {
      const auto part = hits.first(std::min(hits.size(), kTextsRead));
      TRY(write_part(part, places));
      hits = hits.subspan(part.size());
    }
    json_.end_array();
    return {};
  }

 private:
  Result<void> write_part(std::span<const SearchHit> hits, const StoryPlaces& places) {
    std::vector<ArticleId> ids;
    ids.reserve(hits.size());
    for (const SearchHit& hit : hits) ids.push_back(hit.article_id);
    std::unordered_map<std::int64_t, Article> articles;
    for (Article& one : TRY(stores_.articles.get_whole(ids)))
      articles.emplace(to_int(one.summary.id), std::move(one));
    for (const SearchHit& hit : hits) {
      const auto article = articles.find(to_int(hit.article_id));
      if (article != articles.end()) TRY(write_hit(hit, article->second, places));
    }
    return {};
  }

  Result<void> write_hit(const SearchHit& hit, const Article& article, const StoryPlaces& places) {
    json_.begin_object();
    json_.key("article");
    TRY(write_summary(json_, article.summary, stores_.sources, places));
    if (hit.score > 0) json_.field("score", hit.score);
    if (hit.story_size > 1) json_.field("story_articles", hit.story_size);
    const std::string& text =
        article.body.text.empty() ? article.summary.summary : article.body.text;
    const search::Highlight marked =
        highlighter_.mark(article.summary.title, text, article.summary.language);
    json_.field("title_html", marked.title);
    json_.field_if("snippet_html", marked.snippet);
    if (hit.explanation) write_explanation(json_, *hit.explanation);
    json_.end_object();
    return {};
  }

  const SearchRouteStores& stores_;
  search::Highlighter highlighter_;
  JsonWriter& json_;
};

void write_count(JsonWriter& json, const SearchCount& count) {
  json.key("count");
  json.begin_object();
  json.field("articles", count.articles);
  json.field("exact", count.is_exact);
  json.end_object();
}

std::string next_target(const Call& call, const SearchRequest& request) {
  const std::string rest = call.parameters.canonical("offset");
  return fmt::format("{}?{}{}offset={}", call.path, rest, rest.empty() ? "" : "&",
                     request.offset + request.limit);
}

Result<Content> answer_of(const SearchRouteStores& stores, const Call& call,
                          const SearchRequest& request, ArticleId without = {}) {
  SearchAnswer answer = TRY(stores.index.search(request));
  if (without != ArticleId{}) {  // one more was asked for
    std::erase_if(answer.hits, [&](const SearchHit& hit) { return hit.article_id == without; });
    if (answer.hits.size() == request.limit) answer.hits.pop_back();
  }
  Content content{.tags = search_answer_tags()};
  JsonWriter json(content.body);
  json.begin_object();
  json.field("query", query::to_string(request.query));
  write_count(json, answer.count);
  TRY(HitWriter(stores, request.query, json).write(answer.hits, content.tags));
  const std::vector<Dimension> facets = TRY(dimensions_asked(call.parameters, "facets"));
  if (!facets.empty()) {
    const Aggregates aggregates =
        TRY(stores.index.aggregate({.query = request.query,
                                    .dimensions = facets,
                                    .names_max = static_cast<std::size_t>(kFacetNames)}));
    TRY(write_facets(json, aggregates, stores.sources));
  }
  json.texts_if("notes", answer.notes);
  json.field("cursor", to_int(answer.cursor));
  json.end_object();
  content.body += '\n';
  const bool has_more =
      answer.hits.size() >= request.limit && request.offset + 2 * request.limit <= kSearchDepthMax;
  if (has_more && without == ArticleId{})
    content.headers.emplace_back("Link",
                                 fmt::format("<{}>; rel=\"next\"", next_target(call, request)));
  return content;
}

Result<Content> search(const SearchRouteStores& stores, const Call& call) {
  const Time now = stores.clock.now();
  const SearchRequest request = TRY(request_of(call.parameters, now));
  Content content = TRY(answer_of(stores, call, request));
  // What is new weighs more, and less a moment later.
  if (request.sort == SearchSort::Relevance || moves_with_the_clock(call.parameters, now))
    content.kept_until = now + kMovingKept;
  return content;
}

Result<Content> more_like(const SearchRouteStores& stores, const Call& call) {
  const auto id = parse_id<ArticleId>(call.path_id);
  if (!id) return not_found("An article is named by its number, as in /api/v1/articles/123/like.");
  const Article article = TRY(stores.articles.get(*id));
  SearchRequest request{
      .query = TRY(stores.index.more_like({.id = *id,
                                           .language = article.summary.language,
                                           .title = article.summary.title,
                                           .text = article.body.text})),
      .limit = static_cast<std::size_t>(call.parameters.number("limit").value_or(20)) + 1,
      .per_story = call.parameters.flag("stories").value_or(true),
      .count = CountPrecision::Estimate,
      .now = stores.clock.now()};
  Content content = TRY(answer_of(stores, call, request, *id));
  content.tags.push_back(article_tag(*id));
  content.kept_until = *request.now + kMovingKept;
  return content;
}

Result<Content> suggest(const SearchRouteStores& stores, const Call& call) {
  const std::string_view written = call.parameters.text("q").value_or("");
  if (written.empty()) return bad_parameter("q", "'q' must be the beginning of a word.");
  const auto limit = static_cast<std::size_t>(call.parameters.number("limit").value_or(10));
  Content content{.tags = {search_index_tag()}};
  JsonWriter json(content.body);
  json.begin_object();
  json.key("suggestions");
  json.begin_array();
  for (const Suggestion& one : TRY(stores.index.suggest(written, limit))) {
    json.begin_object();
    json.field("text", one.text);
    json.field("articles", one.articles);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  content.body += '\n';
  return content;
}

Result<Content> statistics(const SearchRouteStores& stores, const Call&) {
  const SearchStatistics now = TRY(stores.index.statistics());
  Content content;
  JsonWriter json(content.body);
  json.begin_object();
  json.field("articles", now.articles);
  json.field("deleted", now.deleted);
  json.field("segments", now.segments);
  json.field("memory_segments", now.memory_segments);
  json.field("memory_articles", now.memory_articles);
  json.field("file_bytes", now.file_bytes);
  json.field("memory_bytes", now.memory_bytes);
  json.field("terms", now.terms);
  json.field("cursor", to_int(now.cursor));
  json.field("durable_cursor", to_int(now.durable_cursor));
  json.field("filling", now.is_filling);
  json.end_object();
  content.body += '\n';
  return content;
}

}  // namespace

std::vector<Route> search_routes(const SearchRouteStores& stores) {
  const auto route = [&](std::string pattern, Caching caching, std::vector<Parameter> parameters,
                         Result<Content> (*answer)(const SearchRouteStores&, const Call&)) {
    return Route{.pattern = std::move(pattern),
                 .access = Access::Reader,
                 .caching = caching,
                 .parameters = std::move(parameters),
                 .handler = [stores, answer](const Call& call) { return answer(stores, call); }};
  };
  const Parameter limit{
      .name = "limit", .kind = ParameterKind::Limit, .max = kHitsMax, .default_value = 20};
  return {
      route("/api/v1/search", Caching::ByEvents, search_parameters(), search),
      route("/api/v1/search/suggest", Caching::ByEvents,
            {{.name = "q"},
             {.name = "limit", .kind = ParameterKind::Limit, .max = 50, .default_value = 10}},
            suggest),
      // Flushes and merges change it too.
      route("/api/v1/search/statistics", Caching::Never, {}, statistics),
      route("/api/v1/articles/{id}/like", Caching::ByEvents,
            {limit, {.name = "stories", .kind = ParameterKind::Flag}}, more_like),
  };
}

}  // namespace tidings::serve
