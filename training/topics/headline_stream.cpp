#include "headline_stream.h"

#include <fstream>
#include <string_view>

#include <fmt/format.h>

namespace tidings::training {
namespace {

constexpr std::size_t kEvery = 4;

// The fields of a line: quotes may hold commas.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      fields.emplace_back();
    } else {
      fields.back().push_back(c);
    }
  }
  return fields;
}

std::uint32_t code_of(std::string_view category) {
  if (category == "b") return 4000000;
  if (category == "t") return 13000000;
  if (category == "e") return 1000000;
  return category == "m" ? 7000000 : 0;
}

}  // namespace

Result<std::vector<LabeledHeadline>> read_headline_stream(const std::string& path) {
  constexpr std::size_t kTitle = 1, kCategory = 4;
  std::ifstream file(path);
  if (!file) return invalid_input(fmt::format("{}: cannot be read", path));
  std::vector<LabeledHeadline> headlines;
  std::string line;
  std::getline(file, line);  // the names of the columns
  for (std::size_t number = 0; std::getline(file, line); ++number) {
    if (number % kEvery != 0) continue;
    const std::vector<std::string> fields = fields_of(line);
    if (fields.size() <= kCategory) continue;
    if (const std::uint32_t code = code_of(fields[kCategory]); code != 0)
      headlines.push_back({.code = code, .text = fields[kTitle]});
  }
  return headlines;
}

}  // namespace tidings::training
