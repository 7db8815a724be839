#include "query/syntax_error.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::query {

Error syntax_error(std::string_view written, std::size_t at, std::string_view what) {
  constexpr std::size_t kExcerptBytesMax = 30;
  const std::string rest = repaired_utf8(written.substr(std::min(at, written.size())));
  const std::string_view excerpt = trim(utf8_prefix(rest, kExcerptBytesMax));
  std::string message = excerpt.empty()
                            ? fmt::format("at the end (byte {}): {}", written.size(), what)
                            : fmt::format("at byte {} ({}{}): {}", at, excerpt,
                                          excerpt.size() < trim(rest).size() ? "…" : "", what);
  return {ErrorKind::InvalidInput, std::move(message), "query_syntax"};
}

}  // namespace tidings::query
