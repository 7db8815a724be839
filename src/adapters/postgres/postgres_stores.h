// The row stores in a PostgreSQL database: for when one machine is not enough.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "core/result.h"
#include "core/time.h"
#include "ports/stores.h"

namespace tidings::postgres {

struct PostgresSettings {
  std::string
      url;  // postgres://user:password@host:port/database?…, as libpq takes it; never logged
  std::size_t reader_connections = 4;  // and one that writes
  std::chrono::milliseconds connect_timeout{5'000};
  // The server gives a statement up after these. When it stays silent for a second longer, the
  // connection is given up.
  std::chrono::milliseconds read_timeout{9'000};
  std::chrono::milliseconds write_timeout{30'000};
  std::chrono::milliseconds wait_max{5'000};  // for a free connection
};

// Connects and migrates. PostgreSQL 15 or later, with UTF8 as its encoding. Several processes may
// share the database. Unavailable while the server is away; InvalidInput for a bad address,
// encoding or a schema that is newer than this program. A connection that breaks is replaced when
// it is next needed. `clock` must outlive the stores.
Result<std::unique_ptr<Stores>> open_postgres(const PostgresSettings& settings, const Clock& clock);

}  // namespace tidings::postgres
