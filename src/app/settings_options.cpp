#include "app/settings_options.h"

#include <fmt/format.h>

#include "app/commands.h"
#include "app/settings_table.h"

namespace tidings::app {

Result<Settings> settings_from(const Arguments& arguments) {
  std::vector<std::pair<std::string, std::string>> assignments;
  for (const std::string& assignment : arguments.all("--set")) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos)
      return usage_error(fmt::format("--set {}: write it as KEY=VALUE", assignment));
    assignments.emplace_back(assignment.substr(0, equals), assignment.substr(equals + 1));
  }
  for (const ShortForm& form : kShortForms) {
    if (const auto value = arguments.get(form.option)) assignments.emplace_back(form.key, *value);
  }
  std::optional<std::filesystem::path> file;
  if (const auto config = arguments.get("--config")) file = *config;
  Result<Settings> settings = load_settings(file, assignments);
  if (!settings) return usage_error(std::move(settings).error().message);
  return settings;
}

}  // namespace tidings::app
