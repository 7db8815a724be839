#include "app/command_line.h"

#include <algorithm>

#include <fmt/format.h>

namespace tidings::app {
namespace {

std::string known_names(std::span<const Option> known) {
  if (known.empty()) return "this command takes no options";
  std::string names;
  for (const Option& option : known)
    names += fmt::format("{}{}", names.empty() ? "known are " : ", ", option.name);
  return names;
}

}  // namespace

std::optional<std::string> Arguments::get(std::string_view option) const {
  const auto found = options.find(option);
  if (found == options.end()) return std::nullopt;
  return found->second.front();
}

std::span<const std::string> Arguments::all(std::string_view option) const {
  const auto found = options.find(option);
  if (found == options.end()) return {};
  return found->second;
}

Result<Arguments> parse_arguments(std::span<const std::string> typed,
                                  std::span<const Option> known) {
  Arguments arguments;
  bool options_ended = false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const std::string& word = typed[i];
    if (options_ended || word.size() < 2 || word[0] != '-') {
      arguments.words.push_back(word);
      continue;
    }
    if (word == "--") {
      options_ended = true;
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const auto option = std::find_if(known.begin(), known.end(),
                                     [&](const Option& one) { return one.name == name; });
    if (option == known.end()) {
      return invalid_input(fmt::format("unknown option {}: {}", name, known_names(known)));
    }
    std::string value;
    if (option->value.empty()) {
      if (equals != std::string::npos) return invalid_input(fmt::format("{} takes no value", name));
    } else if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (i + 1 < typed.size()) {
      value = typed[++i];
    } else {
      return invalid_input(fmt::format("{} needs a value: {} {}", name, name, option->value));
    }
    std::vector<std::string>& values = arguments.options[name];
    if (!values.empty() && !option->repeatable)
      return invalid_input(fmt::format("{} was given twice", name));
    values.push_back(std::move(value));
  }
  return arguments;
}

}  // namespace tidings::app
