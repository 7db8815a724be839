// The row stores in one SQLite file: the default, for one machine.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/result.h"
#include "core/time.h"
#include "ports/stores.h"

namespace tidings::sqlite {

struct SqliteSettings {
  std::string path;  // made when it is not there; two more files lie beside it (-wal, -shm)
  std::size_t reader_connections = 4;
  std::chrono::milliseconds busy_timeout{
      5'000};  // how long to wait for another process that writes
  std::int64_t writer_cache_bytes = 16'000'000;
  std::int64_t reader_cache_bytes = 4'000'000;  // each
  std::int64_t file_bytes_max =
      0;  // a bound for the file: beyond it writes are "disk_full"; 0: none
};

// Opens and migrates. Several processes may have the same file open, on one machine and a local
// file system. Unavailable when the file cannot be opened or another process keeps it locked;
// Corrupt when it is no sound database; InvalidInput when its schema is newer than this program.
// `clock` must outlive the stores.
Result<std::unique_ptr<Stores>> open_sqlite(const SqliteSettings& settings, const Clock& clock);

}  // namespace tidings::sqlite
