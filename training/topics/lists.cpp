#include "lists.h"

#include <fstream>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::training {
namespace {

Result<std::vector<std::vector<std::string>>> read_rows(const std::string& path,
                                                        std::size_t columns) {
  std::ifstream file(path);
  if (!file) return invalid_input(fmt::format("{}: cannot be read", path));
  std::vector<std::vector<std::string>> rows;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty()) continue;
    std::vector<std::string> row;
    for (const std::string_view field : split(line, '\t')) row.emplace_back(trim(field));
    if (row.size() != columns || !parse_int(row[0])) {
      return invalid_input(
          fmt::format("{}: line {}: takes a code and {} columns", path, rows.size() + 1, columns));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::uint32_t number(const std::string& digits) {
  return static_cast<std::uint32_t>(parse_int(digits).value_or(0));
}

}  // namespace

Result<std::vector<ListedTopic>> read_topics(const std::string& path) {
  std::vector<ListedTopic> topics;
  for (const std::vector<std::string>& row : TRY(read_rows(path, 3))) {
    const std::uint32_t code = number(row[0]);
    topics.push_back(
        {.code = code, .parent = row[1].empty() ? code : number(row[1]), .label = row[2]});
  }
  return topics;
}

Result<std::vector<ListedTerm>> read_terms(const std::string& path) {
  std::vector<ListedTerm> terms;
  for (const std::vector<std::string>& row : TRY(read_rows(path, 2))) {
    for (const std::string_view part : split(row[1], ',')) {
      std::string_view term = trim(part);
      const bool is_hint = term.starts_with('~');
      if (is_hint) term.remove_prefix(1);
      if (!term.empty())
        terms.push_back({.code = number(row[0]), .term = std::string(term), .is_hint = is_hint});
    }
  }
  return terms;
}

}  // namespace tidings::training
