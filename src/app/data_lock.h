// One server per data folder: two would fetch everything twice.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "core/result.h"

namespace tidings::app {

// Held for as long as it lives; the system releases it when the process dies.
class DataLock {
 public:
  // Conflict when another process holds it; says which.
  static Result<DataLock> take(const std::filesystem::path& data);

  // The process that holds it now, as take() would name it; empty when none does.
  static std::string holder(const std::filesystem::path& data);

  DataLock(DataLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  DataLock& operator=(DataLock&&) = delete;
  ~DataLock();

 private:
  explicit DataLock(int file) : file_(file) {}
  int file_;
};

}  // namespace tidings::app
