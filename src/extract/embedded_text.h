// Articles that a page carries as data alone: its markup is filled in by scripts.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "extract/content_writer.h"

namespace tidings::extract {

// A text from JSON as HTML and as lines: markup where it has any, else a paragraph per line.
WrittenContent written_from(std::string_view text, std::size_t bytes_max);

// The longest run of prose in the JSON that scripts of the page hold (__NEXT_DATA__, Fusion,
// Apollo and whatever else assigns an object): strings that read like paragraphs and stand close
// together in one value. Empty when none has as much as a short article. Scripts beyond `bytes_max`
// together are not read. Linear time.
WrittenContent article_in_scripts(std::span<const std::string_view> scripts, std::size_t bytes_max,
                                  std::size_t html_bytes_max);

}  // namespace tidings::extract
