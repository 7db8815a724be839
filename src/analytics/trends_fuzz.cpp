// Whatever is read as a checkpoint of trends is refused, or is one that can be used and kept again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analytics/trends.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  using namespace tidings::analytics;
  ByteReader in(std::string_view(reinterpret_cast<const char*>(data), size));
  const TrendSettings settings{.rising_max = 10, .limits = {.keys_max = 100, .sketch_width = 16}};
  auto trends = Trends::restore(in, settings);
  if (!trends) return 0;
  const Time now = trends->counts().now();
  for (int i = 0; i < 30; ++i) {
    const Time at = now + std::chrono::minutes(7 * i);
    trends->add({.id = ArticleId(i + 1),
                 .published = at,
                 .came = at,
                 .keys = {{.kind = TrendKind::Term, .key = "en:quak"}}});
  }
  for (const Trend& trend : trends->rising(10)) static_cast<void>(trend.head.rise.explanation());
  ByteWriter out;
  trends->save(out);
  return 0;
}
