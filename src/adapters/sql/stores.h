// The repository: every row store over a database driver.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "adapters/sql/connection.h"
#include "adapters/sql/pool.h"
#include "core/result.h"
#include "core/time.h"
#include "ports/stores.h"

namespace tidings::sql {

struct StoresSettings {
  std::size_t reader_connections = 4;
  std::chrono::milliseconds wait_max{5'000};  // for a free connection
};

// Connects, migrates and opens. InvalidInput when the schema is newer than this program.
Result<std::unique_ptr<Stores>> open_stores(Connect connect_reader, Connect connect_writer,
                                            const StoresSettings& settings, const Clock& clock);

}  // namespace tidings::sql
