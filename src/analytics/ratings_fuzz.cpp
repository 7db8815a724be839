// Any bytes as a table of ratings: what is taken is read again as it was written.
#include <cstddef>
#include <cstdint>

#include "analytics/ratings.h"
#include "core/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings::analytics;
  const auto table = read_ratings({reinterpret_cast<const char*>(data), size});
  if (!table) return 0;
  const std::string csv = to_csv(*table);
  const auto again = read_ratings(csv);
  CHECK(again);
  CHECK(to_csv(*again) == csv);
  return 0;
}
