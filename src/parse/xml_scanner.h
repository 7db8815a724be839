// Plain well-formed XML, read by a scanner of our own: what nearly every feed is.
#pragma once

#include <cstdint>
#include <string_view>

#include "parse/feed_reader.h"

namespace tidings::parse {

enum class ScanOutcome : std::uint8_t {
  Complete,
  Stopped,   // the reader had seen enough: FeedReader::stop() says why
  Doubtful,  // expat must decide; the reader's document is to be begun anew
};

// Gives `reader` the events that expat would give it, several times faster. It never judges: at a
// document type, a name beyond ASCII, an entity that XML does not define, or anything that is not
// well-formed it gives up as Doubtful, so that what a document is worth, what its entities may cost
// and what its fault is called are expat's to say. Linear time; no recursion.
ScanOutcome scan_xml(std::string_view utf8, FeedReader& reader);

}  // namespace tidings::parse
