#include "ports/saved_search_store.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings {

Result<void> check_saved_search(const SavedSearchText& text) {
  const bool has_control = std::ranges::any_of(
      text.name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (trim(text.name).empty() || text.name.size() > kSearchNameBytesMax || has_control ||
      !is_valid_utf8(text.name))
    return invalid_input(
        fmt::format("the name of a search is 1 to {} bytes of text without control characters",
                    kSearchNameBytesMax));
  return {};
}

Error no_such_search(SavedSearchId id) {
  return not_found("there is no saved search " + to_text(id));
}
Error no_such_search(std::string_view name) {
  return not_found(fmt::format("there is no saved search \"{}\"", name));
}
Error search_name_taken(std::string_view name) {
  return {ErrorKind::Conflict, fmt::format("there is a saved search \"{}\" already", name), {}};
}
Error too_many_searches() {
  return invalid_input(fmt::format("there are {} saved searches: remove some", kSavedSearchesMax));
}

}  // namespace tidings
