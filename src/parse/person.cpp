#include "parse/person.h"

#include <cstddef>

#include "core/strings.h"

namespace tidings::parse {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == kNone || at == 0 || at + 1 == text.size()) return false;
  return text.find_first_of(" \t\n<>()\",;") == kNone && text.find('@', at + 1) == kNone;
}

std::string_view without_mailto(std::string_view text) {
  return istarts_with(text, "mailto:") ? text.substr(7) : text;
}

Person named(std::string_view name, std::string_view email) {
  name = trim(name);
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
    name = name.substr(1, name.size() - 2);
  return {.name = std::string(trim(name)), .email = std::string(email)};
}

}  // namespace

Person parse_person(std::string_view line) {
  line = trim(line);
  if (const std::string_view email = without_mailto(line); is_email(email)) return named({}, email);
  for (const auto& [open, close] : {std::pair('(', ')'), std::pair('<', '>')}) {
    const std::size_t first = line.find(open);
    if (first == kNone) continue;
    const std::size_t last = line.find(close, first);
    if (last == kNone) continue;
    const std::string_view outside = without_mailto(trim(line.substr(0, first)));
    const std::string_view inside = without_mailto(trim(line.substr(first + 1, last - first - 1)));
    if (is_email(inside)) return named(outside, inside);
    if (is_email(outside)) return named(inside, outside);
  }
  return named(line, {});
}

}  // namespace tidings::parse
