// Any bytes: the result is safe and stable, and the quick way agrees with the full one on all that
// it accepts.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include "core/check.h"
#include "normalize/clean_text.h"
#include "normalize/html_fast.h"
#include "normalize/html_tree.h"
#include "normalize/safe_html_check.h"
#include "normalize/sanitize.h"

namespace {

void require(bool holds, const char* what, const std::string& given, const std::string& seen) {
  if (holds) return;
  std::fprintf(stderr, "%s\ngiven: %s\nseen: %s\n", what, given.c_str(), seen.c_str());
  CHECK(holds);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  using namespace tidings::normalize;
  constexpr std::string_view kBase = "https://example.com/a/b";
  const std::string_view given(reinterpret_cast<const char*>(data), size);

  const SanitizedHtml clean = sanitize(given, kBase);
  require(unsafe_part(clean.html).empty(), "unsafe", std::string(given),
          clean.html + "\n" + unsafe_part(clean.html));
  const SanitizedHtml again = sanitize(clean.html, kBase);
  require(again == clean, "not idempotent", clean.html + "\n" + clean.text,
          again.html + "\n" + again.text);

  const std::string plain = cleaned(given);
  if (const std::optional<SanitizedHtml> quick = sanitize_in_one_pass(plain, kBase)) {
    const std::optional<SanitizedHtml> full = sanitize_by_tree(plain, kBase);
    require(full && *quick == *full, "ways differ", plain + "\n" + quick->html + "\n" + quick->text,
            full->html + "\n" + full->text);
  }
  return 0;
}
