#include "text/lower.h"

#include <cstddef>

#include <unicode/uchar.h>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::text {

std::string lower(std::string_view utf8) {
  std::string lowered;
  lowered.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    if (static_cast<unsigned char>(utf8[at]) < 0x80) {
      lowered += to_lower(utf8[at++]);
    } else {
      const char32_t c = next_code_point(utf8, at);
      append_utf8(lowered, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    }
  }
  return lowered;
}

}  // namespace tidings::text
