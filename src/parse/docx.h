// Word documents (Office Open XML, ECMA-376) as articles.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/result.h"
#include "model/feed.h"

namespace tidings::parse {

struct DocxLimits {
  std::size_t part_bytes_max = 64'000'000;  // of one part of the package, decompressed
  std::size_t html_bytes_max = 16'000'000;  // of the text that comes out; what is longer is cut
  std::size_t depth_max = 256;              // of nested elements
};

// Title, creator, language and times from the properties, else the title from the paragraph of that
// style; headings, paragraphs, lists, tables, links, bold and italic as HTML, not yet sanitized.
// Deleted text of tracked changes, field codes and pictures are left out. Nothing outside the file
// is loaded. InvalidInput "not_a_docx", "malformed" or "too_large".
Result<Entry> read_docx(std::string_view bytes, const DocxLimits& limits = {});

}  // namespace tidings::parse
