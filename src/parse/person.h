// Who wrote it, from the one line that RSS has for it.
#pragma once

#include <string_view>

#include "model/feed.h"

namespace tidings::parse {

// "jo@example.org (Jo)", "Jo (jo@example.org)", "Jo <jo@example.org>", "jo@example.org" or just
// "Jo", already plain text.
Person parse_person(std::string_view line);

}  // namespace tidings::parse
