#include "analyze/evidence.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace tidings::analyze {

std::vector<Evidence> strongest(std::span<const Evidence> noted, std::size_t count_max) {
  constexpr double kWeightMin = 0.001;
  std::vector<Evidence> joined;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const Evidence& one : noted) {
    const auto [place, is_new] = places.try_emplace(one.text, joined.size());
    if (is_new)
      joined.push_back(one);
    else
      joined[place->second].weight += one.weight;
  }
  std::erase_if(joined, [](const Evidence& one) { return std::abs(one.weight) < kWeightMin; });
  std::ranges::sort(joined, [](const Evidence& one, const Evidence& other) {
    const double first = std::abs(one.weight), second = std::abs(other.weight);
    return first != second ? first > second : one.text < other.text;
  });
  if (joined.size() > count_max) joined.resize(count_max);
  return joined;
}

}  // namespace tidings::analyze
