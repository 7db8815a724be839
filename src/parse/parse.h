// From the bytes of a feed document, whatever its format, charset and faults, to one FeedDocument.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/result.h"
#include "model/feed.h"

namespace tidings::parse {

struct ParseInput {
  std::string_view bytes;
  std::string_view
      content_type;  // the Content-Type header; its charset counts, its media type does not
  std::string_view
      url;  // where the document came from: relative addresses are relative to it; may be empty
};

struct ParseLimits {
  std::size_t document_bytes_max = 64'000'000;  // after conversion to UTF-8
  std::size_t unpacked_bytes_max = 15'000'000;  // of a feed that is a gzip file
  std::size_t entries_max = 10'000;             // the first ones are kept
  std::size_t depth_max = 256;                  // of nested elements or JSON values
  std::size_t html_bytes_max = 4'000'000;       // one summary or content; what is longer is cut
  std::size_t text_bytes_max = 16'384;          // one title, name, address or id
  std::size_t extension_bytes_max = 4'096;      // one value
  std::size_t values_max = 256;  // authors, categories, enclosures or extension values of one entry
  std::size_t address_growth_bytes_max =
      32'000'000;  // by which relative addresses become longer, all together
};

// Reads RSS 0.90 to 2.0, RDF (RSS 1.0 and 1.1), Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, RSS and
// Atom written as JSON, news sitemaps, the Channel Definition Format, any of them inside a page
// or a script's call or a gzip file, and pages of h-entry or hAtom posts. What is malformed is read
// as a person would; `recovered` and `problems` say so. External entities are never loaded.
//
// InvalidInput with the codes: "not_a_feed" (the message says what it looks like), "too_large",
// "too_deep", "entity_bomb" (entities that expand beyond reason), "unknown_charset".
//
// Safe to call from many threads. Takes time linear in the size of the document.
Result<FeedDocument> parse_feed(const ParseInput& input, const ParseLimits& limits = {});

}  // namespace tidings::parse
