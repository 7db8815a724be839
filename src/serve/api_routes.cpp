#include "serve/api_routes.h"

#include <utility>

#include "serve/analytics_routes.h"
#include "serve/article_routes.h"
#include "serve/assets.h"
#include "serve/push_routes.h"
#include "serve/rating_routes.h"
#include "serve/saved_search_routes.h"
#include "serve/search_routes.h"
#include "serve/source_routes.h"
#include "serve/status_routes.h"
#include "serve/story_routes.h"
#include "serve/topic_routes.h"
#include "serve/trend_routes.h"

namespace tidings::serve {
namespace {

const std::vector<Parameter> kLiveParameters = {
    {.name = "last_event_id", .kind = ParameterKind::Sequence},
};

}  // namespace

std::vector<Route> api_routes(const Dependencies& dependencies, SourceDirectory& sources,
                              const std::string& public_url) {
  std::vector<Route> all = asset_routes();
  const auto add = [&all](std::vector<Route> more) {
    for (Route& route : more) all.push_back(std::move(route));
  };
  add(article_routes(dependencies.articles, dependencies.analyses, dependencies.stories, sources,
                     public_url));
  add(story_routes({.articles = dependencies.articles,
                    .analyses = dependencies.analyses,
                    .stories = dependencies.stories,
                    .sources = sources,
                    .clock = dependencies.clock}));
  add(search_routes({.index = dependencies.search,
                     .articles = dependencies.articles,
                     .stories = dependencies.stories,
                     .sources = sources,
                     .clock = dependencies.clock}));
  add(analytics_routes({.index = dependencies.search,
                        .stories = dependencies.stories,
                        .rollups = dependencies.rollups,
                        .ratings = dependencies.ratings,
                        .families = dependencies.families,
                        .sources = sources,
                        .clock = dependencies.clock}));
  add(rating_routes(dependencies.ratings));
  add(trend_routes({.trends = dependencies.trends,
                    .index = dependencies.search,
                    .rollups = dependencies.rollups,
                    .articles = dependencies.articles,
                    .stories = dependencies.stories,
                    .clock = dependencies.clock}));
  add(saved_search_routes({.searches = dependencies.saved_searches,
                           .articles = dependencies.articles,
                           .stories = dependencies.stories,
                           .sources = sources}));
  add(topic_routes());
  add(source_routes(dependencies.sources, dependencies.clock));
  add(status_routes(dependencies, sources));
  if (dependencies.push) add(push_routes(*dependencies.push, dependencies.metrics));
  all.push_back({.pattern = "/api/v1/live",
                 .access = Access::Reader,
                 .serving = Serving::AsStream,
                 .parameters = kLiveParameters});
  return all;
}

}  // namespace tidings::serve
