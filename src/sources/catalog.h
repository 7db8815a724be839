// What a new installation follows until its owner says otherwise: data/starter_catalog.opml,
// compiled in.
#pragma once

#include <vector>

#include "core/result.h"
#include "model/source.h"

namespace tidings::sources {

// About 400 feeds in folders by continent and country and by topic, each with language, topics and,
// where it has one, country. Fails only where the build embedded a broken file.
Result<std::vector<SourceSettings>> starter_catalog();

}  // namespace tidings::sources
