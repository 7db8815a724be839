// Whatever text comes as a cursor is refused or is one that we spell exactly so.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "serve/cursor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings::serve;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto cursor = decode_cursor(CursorKind::Articles, 42, text);
  if (cursor) CHECK(encode_cursor(CursorKind::Articles, 42, *cursor) == text);
  return 0;
}
