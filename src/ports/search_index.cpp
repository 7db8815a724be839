#include "ports/search_index.h"

#include <algorithm>
#include <array>

namespace tidings {
namespace {

constexpr std::array<std::string_view, kDimensions> kNames = {
    "language", "country", "source", "publisher", "topic",
    "about",    "entity",  "place",  "keyphrase", "author"};

}  // namespace

std::optional<SearchSort> parse_search_sort(std::string_view name) {
  if (name == "relevance") return SearchSort::Relevance;
  if (name == "newest") return SearchSort::Newest;
  if (name == "oldest") return SearchSort::Oldest;
  return std::nullopt;
}

std::string_view to_string(Dimension dimension) {
  return kNames[static_cast<std::size_t>(dimension)];
}

std::optional<Dimension> parse_dimension(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Dimension>(found - kNames.begin());
}

}  // namespace tidings
