// From a news page to the article on it: who wrote what when, and its text without what stands
// around it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "extract/rules.h"

namespace tidings::extract {

struct PageInput {
  std::string_view bytes;
  std::string_view
      content_type;      // the Content-Type header; its charset counts, its media type does not
  std::string_view url;  // where the page came from; relative addresses are relative to it
};

struct Limits {
  std::size_t page_bytes_max = 15'000'000;  // of the bytes; after conversion 3 times as many
  std::size_t nodes_max = 1'000'000;        // of the HTML tree; what is beyond is not read
  std::size_t depth_max = 512;              // of nested elements; deeper ones are flattened
  std::size_t html_bytes_max = 4'000'000;   // of the article; what is longer is cut at a block
  std::size_t json_bytes_max = 8'000'000;   // of all JSON that is read on one page
  std::size_t field_bytes_max = 1'000;      // of a title, a name; cut at a character
  std::size_t address_bytes_max = 2'048;    // longer addresses are not believed
  std::size_t authors_max = 20;
};

struct ExtractedPage {
  std::string url;    // canonical where the page names one of its own site, else where it came from
  std::string title;  // plain text, without the name of the site
  std::vector<std::string> authors;    // names in the order of the page
  std::optional<ZonedTime> published;  // as the publisher's clock showed it, where the page says
  std::optional<ZonedTime> modified;   // likewise; never before `published`
  std::string language;                // BCP 47
  std::string site;                    // the name of the publication
  std::string image;                   // absolute address
  std::string base_url;                // what relative addresses in `html` are relative to
  std::string html;  // of the article's body; not yet sanitized, addresses as they stand
  std::string text;  // the same as plain text, a line per block, without captions
};

// Reads the page whatever its charset and faults. Fields that the page does not tell are empty; a
// page without an article gives what it says of itself and no text.
//
// InvalidInput with the codes: "too_large", "not_a_page" (the bytes are another
// kind of document: the message says which).
//
// Safe to call from many threads. Time is linear in the size of the page.
Result<ExtractedPage> extract_page(const PageInput& input, const Rules& rules = {},
                                   const Limits& limits = {});

}  // namespace tidings::extract
