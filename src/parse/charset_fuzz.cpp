// Any bytes under any label: text within its limit, and UTF-8 once it was repaired. The first line
// of the input is the Content-Type.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "core/utf8.h"
#include "parse/charset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  constexpr std::size_t kBytesMax = 200'000;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view bytes = input.substr(std::min(end + 1, input.size()));
  const auto decoded = parse::decode_document(bytes, input.substr(0, end), kBytesMax);
  if (!decoded) {
    CHECK(!decoded.error().message.empty() && !decoded.error().code.empty());
    return 0;
  }
  CHECK(decoded->text().size() <= kBytesMax);
  CHECK(is_valid_utf8(parse::repaired_text(decoded->text())));
  return 0;
}
