// One story, whole: what its route shows.
#pragma once

#include <string>

#include "core/result.h"
#include "serve/router.h"
#include "serve/story_routes.h"

namespace tidings::serve {

// NotFound. Bounded: the facts are those of the newest 2,000 articles; at most 60 steps of the
// timeline, 100 publishers, 20 changed headlines, kStoryLinksMax links.
Result<Content> story_page(const StoryRouteStores& stores, StoryId id);

}  // namespace tidings::serve
