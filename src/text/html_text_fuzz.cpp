// Whatever a feed calls HTML: no crash, no growth, and plain text of plain text stays readable.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "text/html_entities.h"
#include "text/html_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  // "&nGg;" is the name whose text is longer than itself: two code points of three bytes for five.
  CHECK(tidings::text::plain_text(html).size() <= 2 * size);
  CHECK(tidings::text::collapsed(html).size() <= size);
  CHECK(tidings::text::decode_entities(tidings::text::escape_html(html)) == html);
  return 0;
}
