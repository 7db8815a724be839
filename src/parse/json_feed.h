// JSON Feed 1.0 and 1.1 (jsonfeed.org).
#pragma once

#include <string_view>

#include "core/result.h"
#include "model/feed.h"
#include "parse/parse.h"

namespace tidings::parse {

// Fills in a document from UTF-8 text. InvalidInput "not_a_feed" for JSON that is no feed,
// "malformed" for what is no JSON.
Result<void> read_json_feed(std::string_view utf8, std::string_view url, const ParseLimits& limits,
                            FeedDocument& document);

}  // namespace tidings::parse
