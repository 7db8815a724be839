// /api/v1/analytics/trends: what rises now, and what rose at any time.
#pragma once

#include <vector>

#include "core/time.h"
#include "ports/article_store.h"
#include "ports/rollup_store.h"
#include "ports/search_index.h"
#include "ports/story_store.h"
#include "ports/trend_store.h"
#include "serve/router.h"

namespace tidings::serve {

struct TrendRouteStores {
  const TrendStore& trends;
  const SearchIndex& index;
  const RollupStore& rollups;
  const ArticleStore& articles;
  const StoryStore& stories;
  const Clock& clock;
};

// What it refers to must outlive the routes.
std::vector<Route> trend_routes(const TrendRouteStores& stores);

}  // namespace tidings::serve
