#include "normalize/base_address.h"

namespace tidings::normalize {

std::string base_address(const Feed& feed, const Entry& entry, std::string_view fallback) {
  for (const std::string* base : {&entry.base_url, &entry.url, &feed.url, &feed.self_url}) {
    if (base->starts_with("http://") || base->starts_with("https://")) return *base;
  }
  return std::string(fallback);
}

}  // namespace tidings::normalize
