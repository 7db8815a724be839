#include "adapters/sqlite/sqlite_stores.h"

#include "adapters/sql/stores.h"
#include "adapters/sqlite/sqlite_connection.h"

namespace tidings::sqlite {
namespace {

sql::Connect connect(const SqliteSettings& settings, Access access) {
  return [settings, access]() -> Result<std::unique_ptr<sql::Connection>> {
    return std::unique_ptr<sql::Connection>(TRY(SqliteConnection::open(settings, access)));
  };
}

}  // namespace

Result<std::unique_ptr<Stores>> open_sqlite(const SqliteSettings& settings, const Clock& clock) {
  return sql::open_stores(
      connect(settings, Access::Read), connect(settings, Access::Write),
      {.reader_connections = settings.reader_connections, .wait_max = settings.busy_timeout},
      clock);
}

}  // namespace tidings::sqlite
