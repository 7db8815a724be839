#include "adapters/postgres/postgres_stores.h"

#include "adapters/postgres/postgres_connection.h"
#include "adapters/sql/stores.h"

namespace tidings::postgres {

Result<std::unique_ptr<Stores>> open_postgres(const PostgresSettings& settings,
                                              const Clock& clock) {
  const sql::Connect connect = [settings]() -> Result<std::unique_ptr<sql::Connection>> {
    return std::unique_ptr<sql::Connection>(TRY(PostgresConnection::open(settings)));
  };
  return sql::open_stores(
      connect, connect,
      {.reader_connections = settings.reader_connections, .wait_max = settings.wait_max}, clock);
}

}  // namespace tidings::postgres
