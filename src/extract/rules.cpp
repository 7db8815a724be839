#include "extract/rules.h"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

namespace tidings::extract {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kRulesBytesMax = 64 * 1024;
constexpr std::array<std::pair<std::string_view, std::optional<html::Selector> Rules::*>, 5>
    kFields = {{{"content", &Rules::content},
                {"title", &Rules::title},
                {"authors", &Rules::authors},
                {"date", &Rules::date},
                {"remove", &Rules::remove}}};

// A list of selectors is one selector list.
Result<std::string> joined(const element& value, std::string_view field) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  array list;
  std::string all;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) {
      if (item.get(text) != simdjson::SUCCESS)
        return invalid_input(fmt::format("rules: \"{}\" holds something that is no text.", field));
      if (!all.empty()) all += ", ";
      all += text;
    }
    return all;
  }
  return invalid_input(
      fmt::format("rules: \"{}\" must be a CSS selector or a list of them.", field));
}

}  // namespace

Result<Rules> parse_rules(std::string_view json) {
  if (json.size() > kRulesBytesMax)
    return invalid_input(fmt::format("rules: longer than {} bytes.", kRulesBytesMax));
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(json);
  object root;
  if (const auto error = parser.parse(padded).get(root); error != simdjson::SUCCESS)
    return invalid_input(
        fmt::format("rules: not a JSON object: {}.", simdjson::error_message(error)));
  Rules rules;
  for (const auto [key, value] : root) {
    const std::string_view name = key;
    std::optional<html::Selector> Rules::* field = nullptr;
    for (const auto& [known, member] : kFields) {
      if (known == name) field = member;
    }
    if (field == nullptr) {
      return invalid_input(fmt::format(
          "rules: there is no \"{}\"; there are content, title, authors, date and remove.", name));
    }
    const std::string selectors = TRY(joined(value, name));
    if (selectors.empty()) continue;
    rules.*field =
        TRY(with_context(html::Selector::parse(selectors), fmt::format("rules: \"{}\"", name)));
  }
  return rules;
}

}  // namespace tidings::extract
