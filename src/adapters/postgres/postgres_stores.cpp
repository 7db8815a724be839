#include "adapters/postgres/postgres_stores.h"

#include "adapters/postgres/postgres_connection.h"
#include "adapters/sql/stores.h"

namespace tidings::postgres {

Result<std::unique_ptr<Stores>> open_postgres(const PostgresSettings& settings,
                                              const Clock& clock) {
  const auto connect = [settings](std::chrono::milliseconds statement_timeout) {
    return [=]() -> Result<std::unique_ptr<sql::Connection>> {
      return std::unique_ptr<sql::Connection>(
          TRY(PostgresConnection::open(settings, statement_timeout)));
    };
  };
  return sql::open_stores(
      connect(settings.read_timeout), connect(settings.write_timeout),
      {.reader_connections = settings.reader_connections, .wait_max = settings.wait_max}, clock);
}

}  // namespace tidings::postgres
