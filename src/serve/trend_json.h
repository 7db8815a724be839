// Trends as JSON: the one shape that the route, live events and the command share.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/json_writer.h"
#include "core/result.h"
#include "core/time.h"
#include "model/trend.h"
#include "ports/article_store.h"
#include "ports/story_store.h"
#include "serve/response_cache.h"

namespace tidings::serve {

// What trends name, as people know it: articles by their titles, stories by their headlines.
class TrendNames {
 public:
  // Unavailable as the stores.
  static Result<TrendNames> of(std::span<const Trend> trends, const ArticleStore& articles,
                               const StoryStore& stories);

  // Of a topic its name, of a story its headline now, else the form that articles have. May be
  // empty.
  std::string label(const TrendKey& key) const;
  // Of what changes with what is named.
  void add_tags(std::vector<CacheTag>& tags) const;
  // Null for one that is not there any more.
  const ArticleSummary* article(ArticleId id) const;

 private:
  std::map<ArticleId, ArticleSummary> articles_;
  std::map<StoryId, std::string> headlines_;
};

struct ShownTrend {
  TrendId id{};  // 0: of the past
  const Trend& trend;
  std::optional<Time> until;  // of the past
};

// The fields of an open object.
void write_trend_fields(JsonWriter& json, const ShownTrend& shown, const TrendNames& names);

}  // namespace tidings::serve
