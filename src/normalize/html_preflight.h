// Would a parser choke on this?
#pragma once

#include <string_view>

namespace tidings::normalize {

// HTML's tree construction walks the open elements for most tags, and rebuilds open formatting for
// most paragraphs: input that nests without end costs the square of its size. True when the number
// of elements that are open at once, the number of attributes of a tag and the number of tags stay
// within bounds that keep parsing near linear. The nesting is never guessed lower than a conforming
// parser would make it. Linear time.
bool is_cheap_to_parse(std::string_view html);

}  // namespace tidings::normalize
