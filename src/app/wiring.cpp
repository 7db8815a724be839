#include "app/wiring.h"

#include <unistd.h>

#include <array>

#include <fmt/format.h>

#include "adapters/curl/curl_http_client.h"
#include "adapters/filesystem/filesystem_object_store.h"
#include "adapters/postgres/postgres_stores.h"
#include "adapters/sqlite/sqlite_stores.h"

namespace tidings::app {
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

Result<void> check_installation(const Settings& settings) {
  const std::filesystem::path database = settings.data / "tidings.db";
  std::error_code error;
  if (!settings.database.empty() || std::filesystem::exists(database, error)) return {};
  return not_found(fmt::format(
      "{} is {}: name the data folder with --data; `tidings serve`, `feeds add` and "
      "`feeds import` make a new one",
      database.string(), error ? "out of reach (" + error.message() + ")" : "not there"));
}

Result<std::unique_ptr<ObjectStore>> open_objects(const Settings& settings) {
  return filesystem::open_object_store(settings.data);
}

Result<std::unique_ptr<HttpClient>> open_http(const Settings& settings) {
  std::unique_ptr<HttpClient> client =
      TRY(curl::CurlHttpClient::make(TRY(client_settings(settings))));
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
