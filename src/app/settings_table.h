// How settings are named, read and documented: one row each, so that file, environment, command
// line and reference page cannot disagree.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/result.h"
#include "core/strings.h"

namespace tidings::app {

struct Settings;

struct Setting {
  std::string key;   // "fetch.timeout_ms": the file's section and name, units last
  std::string help;  // one sentence
  std::function<std::string(const Settings&)> show;
  std::function<Result<void>(Settings&, std::string_view)> assign;
};

// Every setting there is, in the order of the reference page.
const std::vector<Setting>& settings_table();

// NotFound names the nearest known key.
Result<const Setting*> find_setting(std::string_view key);

// A second name for a setting that is given often: as an option of a command, and as a variable of
// the environment.
struct ShortForm {
  std::string_view option;
  std::string_view variable;
  std::string_view key;
};
constexpr std::array<ShortForm, 4> kShortForms = {
    {{"--data", "TIDINGS_DATA_FOLDER", "data_folder"},
     {"--database", "TIDINGS_DATABASE", "database.url"},
     {"--port", "TIDINGS_PORT", "serve.port"},
     {"--roles", "TIDINGS_ROLES", "roles"}}};

// The one of `known`, which is not empty, that takes the fewest edits from `name`.
const std::string& nearest(std::string_view name, const std::vector<std::string>& known);

// Names the folder of sample data for tests and benchmarks, and is no setting.
constexpr std::string_view kSampleDataVariable = "TIDINGS_DATA";

// "TIDINGS_FETCH_TIMEOUT_MS" for "fetch.timeout_ms".
std::string environment_name(std::string_view key);

}  // namespace tidings::app
