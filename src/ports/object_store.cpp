#include "ports/object_store.h"

#include "core/strings.h"

namespace tidings {

bool is_object_key(std::string_view key) {
  constexpr std::size_t kBytesMax = 512;
  constexpr std::size_t kSegmentBytesMax = 200;  // file systems end at 255
  if (key.empty() || key.size() > kBytesMax) return false;
  for (const std::string_view segment : split(key, '/')) {
    if (segment.empty() || segment.size() > kSegmentBytesMax) return false;
    if (segment == "." || segment == "..") return false;
    for (const char c : segment) {
      if (!is_alpha(c) && !is_digit(c) && c != '.' && c != '_' && c != '-') return false;
    }
  }
  return true;
}

}  // namespace tidings
