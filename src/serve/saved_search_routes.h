// /api/v1/searches: saved searches, and what matches those that stand.
#pragma once

#include <vector>

#include "ports/article_store.h"
#include "ports/saved_search_store.h"
#include "ports/story_store.h"
#include "serve/router.h"
#include "serve/source_directory.h"

namespace tidings::serve {

struct SavedSearchRouteStores {
  const SavedSearchStore& searches;
  const ArticleStore& articles;
  const StoryStore& stories;
  SourceDirectory& sources;
};

// What it refers to must outlive the routes.
std::vector<Route> saved_search_routes(const SavedSearchRouteStores& stores);

}  // namespace tidings::serve
