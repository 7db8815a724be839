// Whatever somebody writes: no crash, and what is a query is written so that it is read back.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "query/canonical.h"
#include "query/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  const std::string_view written(reinterpret_cast<const char*>(data), size);
  query::QueryContext context{.now = from_micros(1'795'780'000'000'000)};
  const Result<Query> query = query::parse_query(written, context);
  if (!query) {
    CHECK(!query.error().message.empty() && !query.error().code.empty());
    return 0;
  }
  context.limits = query::kCanonicalLimits;
  const Query canonical = query::canonical(*query);
  CHECK(query::canonical(canonical) == canonical);
  for (const Query& one : {*query, canonical}) {
    const Result<Query> again = query::parse_query(query::to_string(one), context);
    CHECK(again);
    CHECK(*again == one);
  }
  return 0;
}
