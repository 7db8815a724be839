#include "app/settings_options.h"

#include <array>

#include <fmt/format.h>

namespace tidings::app {

Result<Settings> settings_from(const Arguments& arguments) {
  std::vector<std::pair<std::string, std::string>> assignments;
  for (const std::string& assignment : arguments.all("--set")) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos) {
      return invalid_input(fmt::format("--set {}: write it as KEY=VALUE", assignment));
    }
    assignments.emplace_back(assignment.substr(0, equals), assignment.substr(equals + 1));
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kShortForms = {
      {{"--data", "data_folder"},
       {"--database", "database.url"},
       {"--port", "serve.port"},
       {"--roles", "roles"}}};
  for (const auto& [option, key] : kShortForms) {
    if (const auto value = arguments.get(option)) assignments.emplace_back(key, *value);
  }
  std::optional<std::filesystem::path> file;
  if (const auto config = arguments.get("--config")) file = *config;
  return load_settings(file, assignments);
}

}  // namespace tidings::app
