#include "own_headlines.h"

#include <fstream>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::training {

Result<std::vector<LabeledHeadline>> read_own_headlines(const std::string& path) {
  constexpr std::uint32_t kCodeStep = 1'000'000;
  std::ifstream file(path);
  if (!file) return invalid_input(fmt::format("{}: cannot be read", path));
  std::vector<LabeledHeadline> headlines;
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    const auto digits = parse_int(line.substr(0, tab));
    if (tab == std::string::npos || !digits)
      return invalid_input(fmt::format("{}: no code and headline: {}", path, line));
    headlines.push_back(
        {.code = static_cast<std::uint32_t>(*digits) * kCodeStep, .text = line.substr(tab + 1)});
  }
  return headlines;
}

}  // namespace tidings::training
