// Any bytes: no crash, one spelling that is stable, and a short cut that agrees with the parser.
#include <cstddef>
#include <cstdint>

#include "core/check.h"
#include "core/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find('\n');
  const std::string_view base = text.substr(0, cut);
  const std::string_view reference = cut == std::string_view::npos ? base : text.substr(cut + 1);

  if (const Result<Url> url = parse_url(base)) {
    const std::string once = url->to_string();
    const Result<Url> again = parse_url(once);
    CHECK(again && again->to_string() == once);
    CHECK(resolve_url("", base) == once);
    CHECK(!registrable_domain(url->host).empty());
  }
  const std::string resolved = resolve_url(base, reference);
  CHECK(resolve_url(base, resolved.empty() ? base : resolved) == resolved || resolved.empty());
  percent_decode(text);
  return 0;
}
