#include "app/settings.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "adapters/curl/host_overrides.h"
#include "app/files.h"
#include "app/master_keys.h"
#include "app/settings_table.h"
#include "core/ip_address.h"
#include "core/log.h"
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
  constexpr std::size_t kFileBytesMax = 1'000'000;
  const std::string text =
      TRY(with_context(read_input(path.string(), kFileBytesMax), "the settings file"));
  try {
    return assign_table(settings, toml::parse(text, path.string()), "", path.string());
  } catch (const toml::parse_error& error) {
    return invalid_input(
        fmt::format("{}:{}: {}", path.string(), error.source().begin.line, error.description()));
  }
}

// The setting that a variable of the environment gives. NotFound names the nearest that does.
Result<const Setting*> find_variable(std::string_view name) {
  std::vector<std::string> known;
  for (const Setting& setting : settings_table()) {
    known.push_back(environment_name(setting.key));
    if (known.back() == name) return &setting;
  }
  for (const ShortForm& form : kShortForms) {
    known.emplace_back(form.variable);
    if (form.variable == name) return find_setting(form.key);
  }
  return not_found(
      fmt::format("there is no setting for {}; the nearest is {}, `tidings settings` lists all",
                  name, nearest(name, known)));
}

// Where both TIDINGS_DATABASE and TIDINGS_DATABASE_URL are given, the long name wins: it sorts
// behind.
Result<void> read_environment(Settings& settings) {
  std::map<std::string_view, std::string_view> given;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view pair = *entry;
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos)
      given.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  for (const auto& [name, value] : given) {
    // What the tests and benchmarks are told is theirs.
    if (!name.starts_with("TIDINGS_") || name.starts_with("TIDINGS_TEST_")) continue;
    if (name == kSecretsKeyVariable) continue;  // read where it is used, and never shown
    if (name == kSampleDataVariable) {          // easily meant as the setting that it is not
      log::warn("variable.passed_over", {{"variable", name}, {"setting", "TIDINGS_DATA_FOLDER"}});
      continue;
    }
    const Setting* setting = TRY(with_context(find_variable(name), "environment"));
    TRY(with_context(setting->assign(settings, value), fmt::format("environment: {}", name)));
  }
  return {};
}

Result<std::vector<IpRange>> ranges_of(std::string_view list, std::string_view setting) {
  std::vector<IpRange> ranges;
  for (const std::string_view text : split(list, ',')) {
    if (trim(text).empty()) continue;
    ranges.push_back(TRY(with_context(parse_ip_range(trim(text)), setting)));
  }
  return ranges;
}

Result<std::vector<curl::HostOverride>> host_overrides(const Settings& settings) {
  std::vector<curl::HostOverride> overrides;
  for (const std::string_view text : split(settings.host_overrides, ',')) {
    if (trim(text).empty()) continue;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
      return invalid_input(
          fmt::format("fetch.host_overrides: '{}' is not of the form .test=127.0.0.1:8081", text));
    }
    overrides.push_back(
        {std::string(trim(text.substr(0, equals))), std::string(trim(text.substr(equals + 1)))});
  }
  TRY(with_context(curl::read_overrides(overrides), "fetch.host_overrides"));
  return overrides;
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
  TRY(serve::check_address(settings.serve.http));
  TRY(client_settings(settings));
  return {};
}

}  // namespace

bool has_role(const Settings& settings, std::string_view role) {
  for (const std::string_view one : split(settings.roles, ',')) {
    if (one == role) return true;
  }
  return false;
}

Result<curl::CurlSettings> client_settings(const Settings& settings) {
  curl::CurlSettings client = settings.http;
  std::vector<IpRange> ranges =
      TRY(ranges_of(settings.allowed_addresses, "fetch.allowed_addresses"));
  client.policy = AddressPolicy(ranges);
  const auto of_proxies = TRY(ranges_of(settings.allowed_proxies, "fetch.allowed_proxies"));
  ranges.insert(ranges.end(), of_proxies.begin(), of_proxies.end());
  client.proxy_policy = AddressPolicy(std::move(ranges));
  client.overrides = TRY(host_overrides(settings));
  client.user_agent = settings.fetch.user_agent;
  client.connections_max = std::max(client.connections_max, settings.transfers.transfers_max);
  return client;
}

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
      "the file. A setting that does not exist stops the start. Four have short forms as well: "
      "`--data`, `--database` and\n"
      "`TIDINGS_DATABASE`, `--port` and `TIDINGS_PORT`, `--roles` and `TIDINGS_ROLES`.\n\n"
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
