// Ill-formed XML, read as a person would read it.
#pragma once

#include <cstddef>
#include <string_view>

#include "parse/feed_reader.h"

namespace tidings::parse {

// Feeds `reader` from the first thing that looks like a feed. Bare ampersands and angle brackets
// are text, HTML's entities are known, control characters are dropped, an end tag closes what is
// open inside its element and one that closes nothing is ignored, attributes may lack quotes, what
// never ends goes on to the end of its element. Document types and their entities are ignored.
// Linear time; `utf8` must be valid.
void read_tolerantly(std::string_view utf8, FeedReader& reader);

// Where a feed's root element or XML declaration begins, within the first 64 KB; npos when there is
// none.
std::size_t find_feed_root(std::string_view utf8);

}  // namespace tidings::parse
