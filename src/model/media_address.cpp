#include "model/media_address.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "core/strings.h"

namespace tidings {
namespace {

bool path_ends_with(std::string_view url, std::initializer_list<std::string_view> endings) {
  const std::string path = to_lower(trim(url.substr(0, url.find_first_of("?#"))));
  return std::ranges::any_of(endings,
                             [&](std::string_view ending) { return path.ends_with(ending); });
}

}  // namespace

bool is_picture_address(std::string_view url) {
  return path_ends_with(url, {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"});
}

bool is_played_address(std::string_view url) {
  return path_ends_with(url, {".mp4", ".m4v", ".webm", ".mov", ".m3u8", ".mp3", ".m4a", ".ogg",
                              ".oga", ".opus", ".aac", ".wav", ".flv", ".swf", ".pdf"});
}

bool is_picture(const Enclosure& enclosure) {
  if (istarts_with(enclosure.type, "image/")) return true;
  return enclosure.type.empty() && is_picture_address(enclosure.url);
}

}  // namespace tidings
