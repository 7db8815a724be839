#include "app/settings.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include "app/settings_table.h"
#include "core/strings.h"
#include "core/url.h"

extern char** environ;

namespace tidings::app {
namespace {

Result<void> assign(Settings& settings, std::string_view key, std::string_view value,
                    std::string_view place) {
  const Result<const Setting*> setting = find_setting(key);
  if (!setting) return invalid_input(fmt::format("{}: {}", place, setting.error().message));
  return with_context((*setting)->assign(settings, value), fmt::format("{}: {}", place, key));
}

// A TOML value as the table reads it; lists are joined by commas.
std::string value_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return fmt::format("{}", number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  std::string joined;
  if (const auto* list = node.as_array()) {
    for (const toml::node& item : *list) joined += (joined.empty() ? "" : ",") + value_text(item);
  }
  return joined;
}

Result<void> assign_table(Settings& settings, const toml::table& table, const std::string& prefix,
                          const std::string& file) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const toml::table* section = node.as_table()) {
      TRY(assign_table(settings, *section, key + ".", file));
      continue;
    }
    const std::string place = fmt::format("{}:{}", file, node.source().begin.line);
    if (!node.is_string() && !node.is_integer() && !node.is_boolean() && !node.is_array()) {
      return invalid_input(
          fmt::format("{}: {}: must be a text, a whole number, true, false or a list", place, key));
    }
    TRY(assign(settings, key, value_text(node), place));
  }
  return {};
}

Result<void> read_file(Settings& settings, const std::filesystem::path& path) {
  try {
    return assign_table(settings, toml::parse_file(path.string()), "", path.string());
  } catch (const toml::parse_error& error) {
    return invalid_input(
        fmt::format("{}:{}: {}", path.string(), error.source().begin.line, error.description()));
  }
}

Result<void> read_environment(Settings& settings) {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view pair = *entry;
    const std::size_t equals = pair.find('=');
    if (!pair.starts_with("TIDINGS_") || equals == std::string_view::npos) continue;
    const std::string_view name = pair.substr(0, equals);
    if (name == "TIDINGS_DATA" || name.starts_with("TIDINGS_TEST_")) continue;  // the tests' own
    const Setting* found = nullptr;
    for (const Setting& setting : settings_table()) {
      if (environment_name(setting.key) == name) found = &setting;
    }
    if (found == nullptr) {
      return invalid_input(fmt::format(
          "environment: there is no setting for {}; `tidings settings` lists all", name));
    }
    TRY(with_context(found->assign(settings, pair.substr(equals + 1)),
                     fmt::format("environment: {}", name)));
  }
  return {};
}

// Rules that concern more than one value, and values that adapters read later.
Result<void> validate(const Settings& settings) {
  for (const std::string_view role : split(settings.roles, ',')) {
    if (role != "fetch" && role != "process" && role != "serve") {
      return invalid_input(
          fmt::format("roles: there is no role '{}': known are fetch, process and serve", role));
    }
  }
  if (settings.log_level != "debug" && settings.log_level != "info" &&
      settings.log_level != "warn" && settings.log_level != "error") {
    return invalid_input(
        fmt::format("log.level: '{}' is not debug, info, warn or error", settings.log_level));
  }
  if (!settings.database.empty() && !settings.database.starts_with("postgres://") &&
      !settings.database.starts_with("postgresql://")) {
    return invalid_input(
        "database.url: must begin with postgres://, or be empty for SQLite in the data folder");
  }
  const std::string& public_url = settings.serve.public_url;
  if (!public_url.empty() && (!parse_url(public_url) || public_url.ends_with('/'))) {
    return invalid_input(fmt::format(
        "serve.public_url: '{}' is not an http or https address without a slash at its end, as "
        "https://news.example.org",
        public_url));
  }
  return {};
}

}  // namespace

Result<Settings> load_settings(const std::optional<std::filesystem::path>& file,
                               std::span<const std::pair<std::string, std::string>> assignments) {
  Settings settings;
  if (file) TRY(read_file(settings, *file));
  TRY(read_environment(settings));
  for (const auto& [key, value] : assignments) TRY(assign(settings, key, value, "command line"));
  TRY(validate(settings));
  return settings;
}

std::string settings_reference() {
  std::string page =
      "# Settings\n\n"
      "Every setting with its default. A settings file is TOML (`tidings serve --config "
      "tidings.toml`): the part before\n"
      "the dot is the section. Each can also be given as an environment variable (`TIDINGS_` and "
      "the key in capitals with\n"
      "`_` for `.`) or on the command line (`--set key=value`); the command line wins over the "
      "environment, and that over\n"
      "the file. A setting that does not exist stops the start.\n\n"
      "This page is written by `tidings settings --markdown`.\n\n"
      "| setting | default | meaning |\n|---|---|---|\n";
  const Settings defaults;
  for (const Setting& setting : settings_table()) {
    const std::string value = setting.show(defaults);
    page += fmt::format("| `{}` | {} | {} |\n", setting.key, value.empty() ? "" : "`" + value + "`",
                        setting.help);
  }
  return page;
}

}  // namespace tidings::app
