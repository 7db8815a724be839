// Whatever stands where a date should: a time between the years 1 and 9999, or nothing.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "text/date.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  const std::optional<Time> time =
      text::parse_feed_date({reinterpret_cast<const char*>(data), size});
  if (!time) return 0;
  // What was read can be written and read again.
  const std::string text = format_rfc3339(*time);
  if (text.starts_with("0000") || text.starts_with("9999"))
    return 0;  // a zone may lead out of the years
  CHECK(text::parse_feed_date(text) == time);
  return 0;
}
