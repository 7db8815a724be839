// settings file, environment and command line → plain structs for the modules.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/curl/settings.h"
#include "core/log.h"
#include "core/result.h"
#include "fetch/fetcher.h"
#include "pipeline/page_reader.h"
#include "pipeline/push_keeper.h"
#include "pipeline/refresher.h"
#include "pipeline/retention.h"
#include "serve/api_server.h"

namespace tidings::app {

struct Settings {
  std::filesystem::path data = "data";
  std::string database;  // empty: SQLite in the data folder; or postgres://…
  std::int64_t database_connections = 4;
  bool starter_catalog = true;
  std::string connectors_folder;  // empty: connectors in the data folder
  std::string roles = "fetch,process,serve";
  std::string log_level = "info";
  std::string node;               // empty: the host's name
  std::string allowed_addresses;  // "10.0.0.0/8,::1": besides public ones
  std::string allowed_proxies;    // the same for proxies of single feeds
  std::string host_overrides;     // ".test=127.0.0.1:8081"
  std::string secrets_key_file;   // empty: tidings.key in the data folder
  serve::ServeSettings serve;
  curl::CurlSettings http;
  fetch::FetchSettings fetch;
  pipeline::RefreshSettings refresh;
  pipeline::PageReaderSettings pages;
  pipeline::PushSettings push;
  pipeline::TransferSettings transfers;
  pipeline::RetentionSettings retention;
  bool learn_topics = true;
  std::string publisher_families;  // a file; empty: the program's own table alone
  std::string topic_weights;       // "sport=0.5,politics=2"
};

// Later ones win: the file, then the environment, then `assignments` (key, value) of the command
// line. InvalidInput names the place ("tidings.toml: line 3: …"), the key and what would be right.
Result<Settings> load_settings(const std::optional<std::filesystem::path>& file,
                               std::span<const std::pair<std::string, std::string>> assignments);

bool has_role(const Settings& settings, std::string_view role);

// What the HTTP client is made with. InvalidInput names the setting that cannot be read.
Result<curl::CurlSettings> client_settings(const Settings& settings);

// The reference page, docs/operate/settings.md.
std::string settings_reference();

}  // namespace tidings::app
