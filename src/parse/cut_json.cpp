#include "parse/cut_json.h"

#include <cstddef>

namespace tidings::parse {
namespace {

// Behind the string that begins at `at`; the size of the text when it never ends.
std::size_t behind_string(std::string_view json, std::size_t at) {
  for (++at; at < json.size(); ++at) {
    if (json[at] == '\\') {
      ++at;
    } else if (json[at] == '"') {
      return at + 1;
    }
  }
  return json.size();
}

}  // namespace

std::optional<std::string> whole_part_of_json(std::string_view json) {
  std::string open;  // the brackets that must be closed, outermost first
  std::string open_there;
  std::size_t whole = 0;
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (c == '"') {
      at = behind_string(json, at);
      continue;
    }
    if (c == '{' || c == '[') open += c == '{' ? '}' : ']';
    if (c == '}' || c == ']') {
      if (open.empty() || open.back() != c) return std::nullopt;
      open.pop_back();
      if (open.size() == 1 || open.size() == 2) {
        whole = at + 1;
        open_there = open;
      }
    }
    ++at;
  }
  if (open.empty() || whole == 0) return std::nullopt;
  std::string closed(json.substr(0, whole));
  closed.append(open_there.rbegin(), open_there.rend());
  return closed;
}

}  // namespace tidings::parse
