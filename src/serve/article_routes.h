// /api/v1/articles: lists, single articles, their history, and the list as Atom and JSON Feed.
#pragma once

#include <string>
#include <vector>

#include "ports/analysis_store.h"
#include "ports/article_store.h"
#include "ports/story_store.h"
#include "serve/router.h"
#include "serve/source_directory.h"

namespace tidings::serve {

// `public_url` has no slash at its end. The arguments must outlive the routes.
std::vector<Route> article_routes(const ArticleStore& articles, const AnalysisStore& analyses,
                                  const StoryStore& stories, SourceDirectory& sources,
                                  const std::string& public_url);

}  // namespace tidings::serve
