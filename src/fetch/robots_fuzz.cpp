// Any bytes: no crash, and the file itself may always be read.
#include <cstddef>
#include <cstdint>

#include "core/check.h"
#include "fetch/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings::fetch;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view target = text.substr(0, text.find('\n'));
  const RobotsRules rules = RobotsRules::parse(text, "Tidings");
  rules.allows(target);
  CHECK(rules.allows("/robots.txt"));
  CHECK(rules.sitemaps().size() <= 100);
  return 0;
}
