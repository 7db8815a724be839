// RSS and Atom written as JSON: {"rss": {"channel": {"item": […]}}}, and {"feed": {"entry": […]}}
// as Google's services wrote it.
#pragma once

#include <string_view>

#include <simdjson.h>

#include "model/feed.h"
#include "parse/parse.h"

namespace tidings::parse {

// Reads the elements as if they stood in XML. False, with `document` unchanged, when there are
// none. A member is an attribute where it stands beside the element's text ("#value", "$t"), where
// its name begins with '@', '_' or '-', and where the element of XML has nothing but attributes.
bool read_elements_in_json(const simdjson::dom::object& root, std::string_view url,
                           const ParseLimits& limits, FeedDocument& document);

}  // namespace tidings::parse
