// The differential fuzz target: each byte is a piece of markup, and gumbo must read the whole
// alike.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "core/check.h"
#include "html/gumbo_agreement.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  using namespace tidings::html;
  if (size < 2 || size > 60) return 0;
  const Grammar& grammar = grammars()[data[0] % kGrammarsWithoutForeign];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (!grammar.is_small(bytes)) return 0;
  const std::string html = grammar.text(bytes);
  const std::string difference = disagreement(html, grammar.scope);
  if (!difference.empty()) std::fprintf(stderr, "%s\n%s\n", html.c_str(), difference.c_str());
  CHECK(difference.empty());
  return 0;
}
