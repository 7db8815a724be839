// /api/v1/search and what belongs to it: suggestions, statistics, more like an article.
#pragma once

#include <vector>

#include "core/time.h"
#include "ports/article_store.h"
#include "ports/search_index.h"
#include "ports/story_store.h"
#include "serve/router.h"
#include "serve/source_directory.h"

namespace tidings::serve {

struct SearchRouteStores {
  const SearchIndex& index;
  const ArticleStore& articles;
  const StoryStore& stories;
  SourceDirectory& sources;
  const Clock& clock;
};

// What it refers to must outlive the routes.
std::vector<Route> search_routes(const SearchRouteStores& stores);

}  // namespace tidings::serve
