#include "app/wiring.h"

#include <unistd.h>

#include <array>

#include <fmt/format.h>

#include "adapters/curl/curl_http_client.h"
#include "adapters/filesystem/filesystem_object_store.h"
#include "adapters/postgres/postgres_stores.h"
#include "adapters/sqlite/sqlite_stores.h"
#include "core/ip_address.h"
#include "core/strings.h"
#include "core/url.h"

namespace tidings::app {
namespace {

Result<AddressPolicy> address_policy(const Settings& settings) {
  std::vector<IpRange> ranges;
  for (const std::string_view text : split(settings.allowed_addresses, ',')) {
    if (trim(text).empty()) continue;
    ranges.push_back(TRY(with_context(parse_ip_range(trim(text)), "fetch.allowed_addresses")));
  }
  return AddressPolicy(std::move(ranges));
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
  return overrides;
}

}  // namespace

Result<std::unique_ptr<Stores>> open_stores(const Settings& settings, const Clock& clock) {
  if (!settings.database.empty()) {
    return postgres::open_postgres(
        {.url = settings.database,
         .reader_connections = static_cast<std::size_t>(settings.database_connections)},
        clock);
  }
  std::error_code error;
  std::filesystem::create_directories(settings.data, error);
  if (error) return invalid_input(fmt::format("{}: {}", settings.data.string(), error.message()));
  return sqlite::open_sqlite(
      {.path = settings.data / "tidings.db",
       .reader_connections = static_cast<std::size_t>(settings.database_connections)},
      clock);
}

Result<std::unique_ptr<ObjectStore>> open_objects(const Settings& settings) {
  return filesystem::open_object_store(settings.data);
}

Result<std::unique_ptr<HttpClient>> open_http(const Settings& settings) {
  curl::CurlSettings curl_settings = settings.http;
  curl_settings.policy = TRY(address_policy(settings));
  curl_settings.overrides = TRY(host_overrides(settings));
  curl_settings.user_agent = settings.fetch.user_agent;
  curl_settings.connections_max =
      std::max(curl_settings.connections_max, settings.refresh.transfers_max);
  std::unique_ptr<HttpClient> client = TRY(curl::CurlHttpClient::make(std::move(curl_settings)));
  return client;
}

std::string describe_database(const Settings& settings) {
  if (settings.database.empty())
    return fmt::format("SQLite at {}", (settings.data / "tidings.db").string());
  std::string_view rest = settings.database;
  rest.remove_prefix(rest.find("://") + 3);
  const std::size_t at = rest.substr(0, rest.find('/')).rfind('@');
  if (at != std::string_view::npos) rest.remove_prefix(at + 1);
  return fmt::format("PostgreSQL at {}", rest.substr(0, rest.find('?')));
}

std::string node_name(const Settings& settings) {
  if (!settings.node.empty()) return settings.node;
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "local";
}

}  // namespace tidings::app
