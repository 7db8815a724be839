#include "serve/article_json.h"

#include "model/feed_fields.h"

namespace tidings::serve {
namespace {

void write_brief(JsonWriter& json, const AnalysisBrief& brief) {
  json.objects_if("topics", brief.topics, [&](const TopicScore& topic) {
    json.field("code", topic.code);
    json.field("label", topic.label);
    json.field("score", topic.score);
  });
  if (brief.tone) {
    json.key("sentiment");
    json.begin_object();
    json.field("score", brief.sentiment);
    json.field("label", to_string(*brief.tone));
    json.end_object();
  }
  json.objects_if("countries", brief.countries, [&](const CountryScore& country) {
    json.field("code", country.code);
    json.field("score", country.score);
  });
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

}  // namespace

Result<void> write_summary(JsonWriter& json, const ArticleSummary& article,
                           SourceDirectory& sources) {
  const SourceLabel source = TRY(sources.label(article.source_id));
  json.begin_object();
  write_fields(json, article, source);
  json.end_object();
  return {};
}

Result<void> write_article(JsonWriter& json, const Article& article, SourceDirectory& sources) {
  const SourceLabel source = TRY(sources.label(article.summary.source_id));
  json.begin_object();
  write_fields(json, article.summary, source);
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
