// A parsed feed document as one JSON object: what `tidings parse` prints.
#pragma once

#include <string>

#include "model/feed.h"

namespace tidings::parse {

// Appends {"format","encoding","recovered","problems","feed","entries"}. Absent values are left
// out, times are RFC 3339 in UTC, fields stand as they are in the document.
void write_feed_json(const FeedDocument& document, std::string& out);

}  // namespace tidings::parse
