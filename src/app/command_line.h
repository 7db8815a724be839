// What was typed, taken apart: positional words, --name value pairs, and sentences for what is
// wrong.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidings::app {

struct Option {
  std::string_view name;   // "--url"
  std::string_view value;  // what stands for the value in the usage; empty for a switch
  bool repeatable = false;
};

struct Arguments {
  std::vector<std::string> words;
  std::map<std::string, std::vector<std::string>, std::less<>> options;

  bool has(std::string_view option) const { return options.contains(option); }
  std::optional<std::string> get(std::string_view option) const;
  std::span<const std::string> all(std::string_view option) const;
};

// "--name value" and "--name=value"; "--" ends the options; "-" is a word. InvalidInput names the
// unknown option, the missing value, or the option that was given twice.
Result<Arguments> parse_arguments(std::span<const std::string> typed,
                                  std::span<const Option> known);

}  // namespace tidings::app
