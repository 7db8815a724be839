// /api/v1/analytics: what the news did over time, counted from the search index, and from rollups
// where it ends.
#pragma once

#include <vector>

#include "core/time.h"
#include "ports/rating_store.h"
#include "ports/rollup_store.h"
#include "ports/search_index.h"
#include "ports/story_store.h"
#include "serve/router.h"
#include "serve/source_directory.h"
#include "stories/publishers.h"

namespace tidings::serve {

struct AnalyticsRouteStores {
  const SearchIndex& index;
  const StoryStore& stories;
  const RollupStore& rollups;
  const RatingStore& ratings;
  const stories::PublisherFamilies& families;
  SourceDirectory& sources;
  const Clock& clock;
};

// What it refers to must outlive the routes.
std::vector<Route> analytics_routes(const AnalyticsRouteStores& stores);

}  // namespace tidings::serve
