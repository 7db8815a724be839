#include "app/connector_files.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "connectors/connector_address.h"
#include "connectors/read_connector.h"
#include "connectors/ready_connectors.h"
#include "core/strings.h"
#include "model/source.h"

namespace tidings::app {
namespace {

std::filesystem::path folder_of(const Settings& settings) {
  if (!settings.connectors_folder.empty()) return settings.connectors_folder;
  return settings.data / "connectors";
}

std::vector<std::string> own_names(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".toml" && connectors::is_connector_name(name))
      names.push_back(name);
  }
  return names;
}

Error unknown(const Settings& settings, const std::string& name) {
  std::vector<std::string> names;
  for (const ConnectorFile& file : connector_files(settings)) names.push_back(file.name);
  return not_found(
      fmt::format("there is no connector '{}': there are {}; {} would be a file of your own", name,
                  join(names, ", "), (folder_of(settings) / (name + ".toml")).string()));
}

}  // namespace

Result<ConnectorFile> find_connector_file(const Settings& settings, const std::string& name) {
  if (!connectors::is_connector_name(name)) return unknown(settings, name);
  const std::string path = (folder_of(settings) / (name + ".toml")).string();
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    return ConnectorFile{
        .name = name, .path = path, .toml = TRY(read_input(path, connectors::kConnectorBytesMax))};
  }
  const Result<std::string_view> ready = connectors::ready_connector_file(name);
  if (!ready) return unknown(settings, name);
  return ConnectorFile{.name = name, .toml = std::string(*ready)};
}

std::vector<ConnectorFile> connector_files(const Settings& settings) {
  std::map<std::string, ConnectorFile> files;
  for (const connectors::ReadyConnector& ready : connectors::ready_connectors()) {
    const std::string name(ready.name);
    files[name] = {.name = name, .toml = std::string(ready.toml)};
  }
  for (const std::string& name : own_names(folder_of(settings))) {
    const std::string path = (folder_of(settings) / (name + ".toml")).string();
    const Result<std::string> text = read_input(path, connectors::kConnectorBytesMax);
    files[name] = {.name = name, .path = path, .toml = text ? *text : std::string()};
  }
  std::vector<ConnectorFile> found;
  found.reserve(files.size());
  for (auto& [name, file] : files) found.push_back(std::move(file));
  return found;
}

Result<connectors::Connector> read_connector_file(const ConnectorFile& file) {
  const std::string place = file.path.empty() ? file.name + ".toml" : file.path;
  connectors::Connector connector = TRY(connectors::read_connector(file.toml, place));
  if (connector.name != file.name) {
    return invalid_input(fmt::format("{}: name: '{}' must be '{}', as the file is called", place,
                                     connector.name, file.name));
  }
  return connector;
}

Result<std::string> checked_address(const Settings& settings, const std::string& address) {
  if (kind_of(address) != SourceKind::Api) return address;
  const auto checked = [&]() -> Result<std::string> {
    connectors::ConnectorAddress parsed = TRY(connectors::parse_connector_address(address));
    const ConnectorFile file = TRY(find_connector_file(settings, parsed.connector));
    const connectors::Connector connector = TRY(read_connector_file(file));
    return TRY(connectors::checked_address(connector, std::move(parsed))).to_string();
  }();
  return checked ? checked : usage_error(checked.error().message);
}

std::string secret_of(const Settings& settings, const std::string& address) {
  const auto parsed = connectors::parse_connector_address(address);
  if (!parsed) return {};
  const Result<ConnectorFile> file = find_connector_file(settings, parsed->connector);
  if (!file) return {};
  const Result<connectors::Connector> connector = read_connector_file(*file);
  return connector ? connector->key.secret : std::string();
}

pipeline::ApiAccess api_access(const Settings& settings, const SecretStore& secrets,
                               Sealer& sealer) {
  return {.find_connector = [settings](const std::string& name) -> Result<connectors::Connector> {
            return read_connector_file(TRY(find_connector_file(settings, name)));
          },
          .find_secret = [&secrets, &sealer](const std::string& name) -> Result<std::string> {
            return std::string(TRY(open_secret(secrets, sealer, name)).view());
          }};
}

}  // namespace tidings::app
