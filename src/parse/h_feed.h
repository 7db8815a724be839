// Feeds that are pages: posts marked up with microformats (h-feed and h-entry, and classic hAtom).
#pragma once

#include <string_view>

#include "model/feed.h"
#include "parse/parse.h"

namespace tidings::parse {

// Reads the entries of a page (http://microformats.org/wiki/h-feed) into `document`: those of its
// first feed that has any, else those that stand by themselves. False, with nothing changed, when
// there are none, or only a theme's hAtom in a page that names a feed. `utf8` is valid. Linear in
// the size of the page.
bool read_h_feed(std::string_view utf8, std::string_view url, const ParseLimits& limits,
                 FeedDocument& document);

}  // namespace tidings::parse
