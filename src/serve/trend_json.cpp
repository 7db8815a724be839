#include "serve/trend_json.h"

#include <cmath>
#include <set>
#include <utility>

#include "serve/aggregates_json.h"
#include "serve/cache_tags.h"

namespace tidings::serve {
namespace {

// Three digits after the point: it is an estimate.
double rounded(double number) {
  return std::round(number * 1000) / 1000;
}

void write_key_fields(JsonWriter& json, const RisingKey& key, const TrendNames& names) {
  json.field("kind", to_string(key.key.kind));
  json.field("key", key.key.key);
  json.field_if("label", names.label(key.key));
  json.field("count", key.rise.count);
  json.field("expected", rounded(key.rise.expected));
  json.field("ratio", rounded(key.rise.ratio()));
  json.field("log10_p", rounded(key.rise.log10_p));
}

}  // namespace

Result<TrendNames> TrendNames::of(std::span<const Trend> trends, const ArticleStore& articles,
                                  const StoryStore& stories) {
  std::set<ArticleId> ids;
  std::set<StoryId> named;
  const auto add = [&](const TrendKey& key) {
    const auto id = parse_id<StoryId>(key.key);
    if (key.kind == TrendKind::Story && id) named.insert(*id);
  };
  for (const Trend& trend : trends) {
    ids.insert(trend.articles.begin(), trend.articles.end());
    add(trend.head.key);
    for (const RisingKey& one : trend.related) add(one.key);
  }
  TrendNames names;
  for (ArticleSummary& article : TRY(articles.get_many(std::vector(ids.begin(), ids.end()))))
    names.articles_.emplace(article.id, std::move(article));
  for (Story& story : TRY(stories.get_many(std::vector(named.begin(), named.end()))))
    names.headlines_.emplace(story.id, std::move(story.headline));
  return names;
}

std::string TrendNames::label(const TrendKey& key) const {
  if (key.kind == TrendKind::Topic) return topic_label(key.key);
  const auto story = key.kind == TrendKind::Story ? parse_id<StoryId>(key.key) : std::nullopt;
  if (story) {
    const auto headline = headlines_.find(*story);
    if (headline != headlines_.end()) return headline->second;
  }
  return key.label;
}

void TrendNames::add_tags(std::vector<CacheTag>& tags) const {
  for (const auto& [id, article] : articles_) tags.push_back(article_tag(id));
  for (const auto& [id, headline] : headlines_) tags.push_back(story_tag(id));
}

const ArticleSummary* TrendNames::article(ArticleId id) const {
  const auto found = articles_.find(id);
  return found == articles_.end() ? nullptr : &found->second;
}

void write_trend_fields(JsonWriter& json, const ShownTrend& shown, const TrendNames& names) {
  const RisingKey& head = shown.trend.head;
  if (shown.id != TrendId{}) json.field("id", to_int(shown.id));
  write_key_fields(json, head, names);
  json.field("explanation", head.rise.explanation());
  json.field("window_minutes", head.rise.window.count());
  if (head.rise.publishers > 0) json.field("publishers", head.rise.publishers);
  json.field("since", head.since);
  if (shown.until) json.field("until", *shown.until);
  json.key("peak");
  json.begin_object();
  json.field("at", head.peak_at);
  json.field("count", head.peak_count);
  json.end_object();
  json.key("articles");
  json.begin_array();
  for (const ArticleId id : shown.trend.articles) {
    const ArticleSummary* article = names.article(id);
    if (article == nullptr) continue;
    json.begin_object();
    json.field("id", to_int(id));
    json.field("title", article->title);
    json.field_if("url", article->url);
    json.field("published", article->published);
    json.end_object();
  }
  json.end_array();
  json.objects_if("related", shown.trend.related,
                  [&](const RisingKey& key) { write_key_fields(json, key, names); });
}

}  // namespace tidings::serve
