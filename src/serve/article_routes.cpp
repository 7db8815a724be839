#include "serve/article_routes.h"

#include <fmt/format.h>

#include "analyze/stored_article.h"
#include "core/json_writer.h"
#include "model/analysis_json.h"
#include "serve/article_filters.h"
#include "serve/article_json.h"
#include "serve/cache_tags.h"
#include "serve/cursor.h"
#include "serve/feed_output.h"

namespace tidings::serve {
namespace {

// A page of the list with what every representation of it needs.
struct ListPage {
  ArticleQuery query;
  ArticlePage page;
  std::string next_cursor;  // empty on the last page
  std::string next_target;  // path and query of the next page in the same representation
};

Result<ListPage> list_page(const ArticleStore& articles, const Call& call) {
  ListPage list{.query = TRY(article_query(call.parameters))};
  list.page = TRY(articles.find(list.query));
  if (const auto& next = list.page.next) {
    list.next_cursor = encode_cursor(CursorKind::Articles, fingerprint(list.query),
                                     {.time = to_micros(next->published), .id = to_int(next->id)});
    const std::string filters = call.parameters.canonical("cursor");
    list.next_target = fmt::format("{}?{}{}cursor={}", call.path, filters,
                                   filters.empty() ? "" : "&", list.next_cursor);
  }
  return list;
}

// RFC 8288, so that clients can go on without reading the body.
Content list_content(const ListPage& list, std::string content_type, std::string body) {
  Content content{.content_type = std::move(content_type), .body = std::move(body)};
  if (!list.next_target.empty()) {
    content.headers.emplace_back("Link", fmt::format("<{}>; rel=\"next\"", list.next_target));
  }
  content.tags = list_tags(list.query, list.page.articles);
  return content;
}

Result<Content> list_json(const ArticleStore& articles, const StoryStore& stories,
                          SourceDirectory& sources, const Call& call) {
  const ListPage list = TRY(list_page(articles, call));
  const StoryPlaces places = TRY(StoryPlaces::of(stories, list.page.articles));
  std::string body;
  body.reserve(list.page.articles.size() * 1024);
  JsonWriter json(body);
  json.begin_object();
  json.key("articles");
  json.begin_array();
  for (const ArticleSummary& article : list.page.articles) {
    TRY(write_summary(json, article, sources, places));
  }
  json.end_array();
  json.field_if("next_cursor", list.next_cursor);
  json.end_object();
  body += '\n';
  Content content = list_content(list, "application/json", std::move(body));
  places.add_tags(content.tags);
  return content;
}

Result<std::vector<FeedItem>> feed_items(const ListPage& list, SourceDirectory& sources) {
  std::vector<FeedItem> items;
  items.reserve(list.page.articles.size());
  for (const ArticleSummary& article : list.page.articles) {
    items.push_back({article, TRY(sources.label(article.source_id))});
  }
  return items;
}

FeedPage feed_page(const ListPage& list, const Call& call, const std::string& public_url) {
  const std::string query = call.parameters.canonical();
  return {.public_url = public_url,
          .target = fmt::format("{}{}{}", call.path, query.empty() ? "" : "?", query),
          .next_target = list.next_target};
}

Result<Content> list_atom(const ArticleStore& articles, SourceDirectory& sources,
                          const std::string& public_url, const Call& call) {
  const ListPage list = TRY(list_page(articles, call));
  return list_content(list, "application/atom+xml; charset=utf-8",
                      atom_feed(feed_page(list, call, public_url), TRY(feed_items(list, sources))));
}

Result<Content> list_json_feed(const ArticleStore& articles, SourceDirectory& sources,
                               const std::string& public_url, const Call& call) {
  const ListPage list = TRY(list_page(articles, call));
  return list_content(list, "application/feed+json",
                      json_feed(feed_page(list, call, public_url), TRY(feed_items(list, sources))));
}

Result<ArticleId> article_id(const Call& call) {
  const auto id = parse_id<ArticleId>(call.path_id);
  if (!id) return not_found("An article is named by its number, as in /api/v1/articles/123.");
  return *id;
}

Result<Content> one_article(const ArticleStore& articles, const StoryStore& stories,
                            SourceDirectory& sources, const Call& call) {
  const Article article = TRY(articles.get(TRY(article_id(call))));
  const StoryPlaces places = TRY(StoryPlaces::of(stories, {&article.summary, 1}));
  Content content{.tags = {article_tag(article.summary.id), source_tag(article.summary.source_id)}};
  JsonWriter json(content.body);
  TRY(write_article(json, article, sources, places));
  places.add_tags(content.tags);
  content.body += '\n';
  return content;
}

Result<Content> one_analysis(const ArticleStore& articles, const AnalysisStore& analyses,
                             const Call& call) {
  AnalyzedArticle analyzed = TRY(analyses.get(TRY(article_id(call))));
  const bool explain = call.parameters.flag("explain").value_or(false);
  if (explain)
    analyze::explain(TRY(articles.get(analyzed.article_id)), analyzed.revision, analyzed.analyzers,
                     analyzed.analysis);
  Content content{.tags = {article_tag(analyzed.article_id)}};
  JsonWriter json(content.body);
  json.begin_object();
  json.field("id", to_int(analyzed.article_id));
  json.field("revision", analyzed.revision);
  json.field("analyzed_at", analyzed.analyzed_at);
  write_analysis(json, analyzed.analysis, explain ? Explain::Yes : Explain::No);
  json.end_object();
  content.body += '\n';
  return content;
}

Result<Content> revisions(const ArticleStore& articles, const Call& call) {
  const ArticleId id = TRY(article_id(call));
  const std::vector<ArticleRevision> history = TRY(articles.revisions(id));
  Content content{.tags = {article_tag(id)}};
  JsonWriter json(content.body);
  json.begin_object();
  json.field("article_id", to_int(id));
  json.key("revisions");
  json.begin_array();
  for (const ArticleRevision& revision : history) write_revision(json, revision);
  json.end_array();
  json.end_object();
  content.body += '\n';
  return content;
}

}  // namespace

std::vector<Route> article_routes(const ArticleStore& articles, const AnalysisStore& analyses,
                                  const StoryStore& stories, SourceDirectory& sources,
                                  const std::string& public_url) {
  const auto list = [&](std::string pattern, RouteHandler handler) {
    return Route{.pattern = std::move(pattern),
                 .access = Access::Reader,
                 .caching = Caching::ByEvents,
                 .parameters = article_list_parameters(),
                 .handler = std::move(handler)};
  };
  const auto single = [&](std::string pattern, RouteHandler handler) {
    return Route{.pattern = std::move(pattern),
                 .access = Access::Reader,
                 .caching = Caching::ByEvents,
                 .handler = std::move(handler)};
  };
  return {
      list("/api/v1/articles",
           [&](const Call& call) { return list_json(articles, stories, sources, call); }),
      list("/api/v1/articles.atom",
           [&](const Call& call) { return list_atom(articles, sources, public_url, call); }),
      list("/api/v1/articles.json",
           [&](const Call& call) { return list_json_feed(articles, sources, public_url, call); }),
      single("/api/v1/articles/{id}",
             [&](const Call& call) { return one_article(articles, stories, sources, call); }),
      Route{.pattern = "/api/v1/articles/{id}/analysis",
            .access = Access::Reader,
            .caching = Caching::ByEvents,
            .parameters = {{.name = "explain", .kind = ParameterKind::Flag}},
            .handler = [&](const Call& call) { return one_analysis(articles, analyses, call); }},
      single("/api/v1/articles/{id}/revisions",
             [&](const Call& call) { return revisions(articles, call); }),
  };
}

}  // namespace tidings::serve
