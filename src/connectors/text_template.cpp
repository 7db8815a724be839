#include "connectors/text_template.h"

#include <algorithm>

#include <fmt/format.h>

namespace tidings::connectors {

bool TextTemplate::has_names() const {
  return std::any_of(pieces.begin(), pieces.end(),
                     [](const Piece& piece) { return piece.is_name; });
}

std::optional<std::string> TextTemplate::filled(
    const std::function<std::optional<std::string>(const std::string& name)>& value) const {
  std::string text;
  for (const Piece& piece : pieces) {
    if (!piece.is_name) {
      text += piece.text;
      continue;
    }
    const std::optional<std::string> filling = value(piece.text);
    if (!filling) return std::nullopt;
    text += *filling;
  }
  return text;
}

Result<TextTemplate> parse_template(std::string_view text) {
  TextTemplate parsed;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
    if (brace > at) parsed.pieces.push_back({.text = std::string(text.substr(at, brace - at))});
    if (brace == text.size()) break;
    const std::size_t end = text.find_first_of("{}", brace + 1);
    if (text[brace] == '}' || end == std::string_view::npos || text[end] == '{')
      return invalid_input(fmt::format("'{}': a brace has no partner; names stand in {{}}", text));
    if (end == brace + 1)
      return invalid_input(fmt::format("'{}': braces without a name in them", text));
    parsed.pieces.push_back(
        {.text = std::string(text.substr(brace + 1, end - brace - 1)), .is_name = true});
    at = end + 1;
  }
  return parsed;
}

}  // namespace tidings::connectors
