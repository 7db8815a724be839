#include "analyze/entity_writing.h"

#include <algorithm>

#include "analyze/entity_words.h"
#include "core/utf8.h"

namespace tidings::analyze {

std::size_t possessive_bytes(std::string_view written) {
  if (written.empty() || (written.back() != 's' && written.back() != 'S')) return 0;
  for (const std::string_view ending : {"'s", "’s", "'S", "’S"})
    if (written.size() > ending.size() && written.ends_with(ending)) return ending.size();
  return 0;
}

Gap gap_of(std::string_view between) {
  if (between == " ") return Gap::Space;
  bool has_space = false, has_hyphen = false, has_point = false, has_ampersand = false;
  for (std::size_t position = 0; position < between.size();) {
    switch (next_code_point(between, position)) {
      case ' ':
      case '\t':
      case U'\u00A0':
        has_space = true;
        break;
      case '-':
      case U'‐':
      case U'‑':
        has_hyphen = true;
        break;
      case '.':
        has_point = true;
        break;
      case '&':
        has_ampersand = true;
        break;
      case ',':
        return Gap::Comma;
      case '(':
      case '[':
        return Gap::Opening;
      case ')':
      case ']':
        return Gap::Closing;
      case '"':
      case U'“':
      case U'”':
      case U'„':
      case U'«':
      case U'»':
      case '\'':
      case U'‘':
      case U'’':
      case '`':
        return Gap::Quote;
      default:
        return Gap::Other;
    }
  }
  if (has_ampersand) return has_point || has_hyphen ? Gap::Other : Gap::Ampersand;
  if (has_point) return has_hyphen ? Gap::Other : Gap::Point;
  if (has_hyphen) return has_space ? Gap::Other : Gap::Hyphen;
  return has_space ? Gap::Space : Gap::Other;
}

std::uint32_t shape_of(std::string_view written) {
  std::uint32_t shape = 0;
  unsigned before = 0;
  for (const char c : written) {
    unsigned kind = 4;
    if (c >= 'a' && c <= 'z') kind = 1;
    if (c >= 'A' && c <= 'Z') kind = 2;
    if (c >= '0' && c <= '9') kind = 3;
    if (static_cast<unsigned char>(c) >= 0x80) kind = 1;
    if (kind != before) shape = joined_hash(shape, kind);
    before = kind;
  }
  return joined_hash(shape, static_cast<std::uint32_t>(std::min<std::size_t>(written.size(), 4)));
}

}  // namespace tidings::analyze
