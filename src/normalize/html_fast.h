// The quick way to read HTML: one pass, for input on which HTML5's tree construction has nothing to
// decide.
#pragma once

#include <optional>
#include <string_view>

#include "normalize/sanitize.h"

namespace tidings::normalize {

// Reads what is well nested and simply written: known elements where they may stand, quoted
// attributes, unmistakable character references. Gives what sanitize_by_tree would, byte for byte;
// nothing where it cannot be sure of that. `html` as in sanitize_by_tree.
std::optional<SanitizedHtml> sanitize_in_one_pass(std::string_view html, std::string_view base_url);

}  // namespace tidings::normalize
