// Whatever stands where XML should: the scanner completes only what expat completes, and reads the
// same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "core/check.h"
#include "parse/scanner_agreement.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string difference =
      tidings::parse::disagreement({reinterpret_cast<const char*>(data), size});
  if (!difference.empty()) std::fprintf(stderr, "%s\n", difference.c_str());
  CHECK(difference.empty());
  return 0;
}
