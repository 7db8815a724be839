// The tree as gumbo builds it.
#pragma once

#include <string_view>

#include "html/document.h"

namespace tidings::html {

enum class ParseScope { Page, Fragment };

// As Document::parse and Document::parse_fragment. Gumbo's own work grows with the square of open
// elements, formatting elements and attributes.
Document parse_with_gumbo(std::string_view utf8, const ParseLimits& limits, ParseScope scope);

}  // namespace tidings::html
