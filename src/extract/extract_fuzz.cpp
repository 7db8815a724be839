// Whatever a server sends as a page: no crash, no hang, and what comes out is UTF-8 within the
// limits.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "core/utf8.h"
#include "extract/extract.h"
#include "extract/page_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const extract::Limits limits{
      .page_bytes_max = 1'000'000, .nodes_max = 20'000, .depth_max = 64, .html_bytes_max = 100'000};
  const Result<extract::ExtractedPage> page = extract::extract_page(
      {.bytes = bytes, .content_type = "text/html", .url = "https://example.org/a/b"}, {}, limits);
  if (!page) {
    CHECK(!page.error().message.empty());
    return 0;
  }
  CHECK(is_valid_utf8(page->html) && is_valid_utf8(page->text) && is_valid_utf8(page->title));
  CHECK(page->title.size() <= limits.field_bytes_max);
  CHECK(page->authors.size() <= limits.authors_max);
  CHECK(!page->modified || !page->published || page->modified->time >= page->published->time);
  std::string json;
  extract::write_page_json(*page, json);
  CHECK(is_valid_utf8(json));
  return 0;
}
