// /api/v1/stories: the list, and one story with its timeline, its publishers and its articles.
#pragma once

#include <vector>

#include "core/time.h"
#include "ports/analysis_store.h"
#include "ports/article_store.h"
#include "ports/story_store.h"
#include "serve/router.h"
#include "serve/source_directory.h"

namespace tidings::serve {

struct StoryRouteStores {
  const ArticleStore& articles;
  const AnalysisStore& analyses;
  const StoryStore& stories;
  SourceDirectory& sources;
  const Clock& clock;
};

// What it refers to must outlive the routes.
std::vector<Route> story_routes(const StoryRouteStores& stores);

}  // namespace tidings::serve
