// Which adapter stands behind which port: the one place that knows.
#pragma once

#include <memory>
#include <string>

#include "app/settings.h"
#include "core/result.h"
#include "core/time.h"
#include "ports/http_client.h"
#include "ports/object_store.h"
#include "ports/stores.h"

namespace tidings::app {

// SQLite in the data folder, or the PostgreSQL that `settings.database` names. Runs pending
// migrations.
Result<std::unique_ptr<Stores>> open_stores(const Settings& settings, const Clock& clock);

// NotFound when open_stores() would make a new database in the data folder: for commands that look
// at what is there, where a misspelled folder must not become an empty installation.
Result<void> check_installation(const Settings& settings);

Result<std::unique_ptr<ObjectStore>> open_objects(const Settings& settings);

Result<std::unique_ptr<HttpClient>> open_http(const Settings& settings);

// The settings' name of this node, or the host's.
std::string node_name(const Settings& settings);

// "SQLite at data/tidings.db" or "PostgreSQL at db.example:5432/tidings": never with a password.
std::string describe_database(const Settings& settings);

}  // namespace tidings::app
