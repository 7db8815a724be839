// Whatever a server sends as a feed: no crash, no hang, and what comes out is UTF-8 within the
// limits.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "core/utf8.h"
#include "parse/feed_json.h"
#include "parse/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const parse::ParseLimits limits{
      .document_bytes_max = 1'000'000, .entries_max = 50, .depth_max = 64};
  const Result<FeedDocument> document = parse::parse_feed(
      {.bytes = bytes, .content_type = "application/xml", .url = "https://example.org/feed"},
      limits);
  if (!document) {
    CHECK(!document.error().message.empty());
    return 0;
  }
  CHECK(document->format != FeedFormat::Unknown);
  CHECK(document->feed.entries.size() <= limits.entries_max);
  for (const Entry& entry : document->feed.entries) {
    CHECK(is_valid_utf8(entry.title) && entry.title.size() <= limits.text_bytes_max);
    CHECK(is_valid_utf8(entry.content_html) && is_valid_utf8(entry.summary_html) &&
          is_valid_utf8(entry.url));
  }
  std::string json;
  parse::write_feed_json(*document, json);
  CHECK(is_valid_utf8(json));
  return 0;
}
