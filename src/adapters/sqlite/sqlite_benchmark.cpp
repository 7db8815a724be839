// The stores' benchmark over a SQLite file.
#include <filesystem>
#include <memory>
#include <string>

#include <stdlib.h>

#include "adapters/sqlite/sqlite_stores.h"
#include "core/check.h"

namespace tidings::sql {
namespace {

class BenchmarkDatabase {
 public:
  BenchmarkDatabase() { CHECK(mkdtemp(folder_.data()) != nullptr); }
  ~BenchmarkDatabase() { std::filesystem::remove_all(folder_); }
  std::unique_ptr<Stores> open(const Clock& clock) const {
    return sqlite::open_sqlite({.path = folder_ + "/tidings.db"}, clock).value();
  }
  double bytes() const {
    return static_cast<double>(std::filesystem::file_size(folder_ + "/tidings.db"));
  }

 private:
  // Not /tmp, which may be memory.
  std::string folder_ = std::filesystem::current_path() / "sqlite-benchmark-XXXXXX";
};

}  // namespace
}  // namespace tidings::sql

#include "adapters/sql/stores_benchmark.h"
