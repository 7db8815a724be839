// Writes the article that was found on a page down: as HTML, and as plain text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extract/content.h"

namespace tidings::extract {

struct WrittenContent {
  std::string html;  // what was kept, without attributes that only concern looks
  std::string text;  // a line per block, white space collapsed, without captions
};

// Cut at a block once the HTML has `bytes_max`. Linear time.
WrittenContent write_content(const html::Document& document, const std::vector<Measure>& measures,
                             const Content& content, std::size_t bytes_max);

}  // namespace tidings::extract
