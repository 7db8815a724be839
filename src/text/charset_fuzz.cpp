// Whatever bytes and labels a server sends: text within the limit that can be made UTF-8, or an
// error with a reason. The first line is the Content-Type.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "core/utf8.h"
#include "text/charset.h"
#include "text/charset_repair.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  constexpr std::size_t kSizeMax = 200'000;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view bytes = input.substr(std::min(line + 1, input.size()));
  const Result<text::DecodedText> decoded =
      text::decode_document(bytes, input.substr(0, line), kSizeMax);
  if (!decoded) {
    CHECK(!decoded.error().message.empty());
    return 0;
  }
  CHECK(decoded->text().size() <= kSizeMax && !decoded->encoding.empty());
  const std::string repaired = text::repaired_text(decoded->text());
  CHECK(is_valid_utf8(repaired));
  CHECK(text::repaired_text(repaired) == repaired);
  for (const std::string& problem : decoded->problems) CHECK(!problem.empty());
  return 0;
}
