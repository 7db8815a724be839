// The full way to read HTML: gumbo builds the tree that HTML5 prescribes, and the tree is written
// down safely.
#pragma once

#include <optional>
#include <string_view>

#include "normalize/sanitize.h"

namespace tidings::normalize {

// `html` is valid UTF-8 without control characters other than tab and newline, at most
// kSanitizeInputBytesMax. Nothing when the tree would need more memory than is granted (64 MiB).
std::optional<SanitizedHtml> sanitize_by_tree(std::string_view html, std::string_view base_url);

}  // namespace tidings::normalize
