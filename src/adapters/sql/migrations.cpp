#include "adapters/sql/migrations.h"

#include <string>
#include <utility>

#include "core/log.h"

namespace tidings::sql {
namespace {

std::string in_dialect(std::string_view script, const Dialect& dialect) {
  const std::pair<std::string_view, std::string_view> words[] = {
      {"{id}", dialect.id},
      {"{text}", dialect.text},
      {"{blob}", dialect.blob},
      {"{without_rowid}", dialect.without_rowid}};
  std::string text(script);
  for (const auto& [word, meant] : words) {
    for (std::size_t at = text.find(word); at != text.npos;
         at = text.find(word, at + meant.size())) {
      text.replace(at, word.size(), meant);
    }
  }
  return text;
}

Result<std::int64_t> version_of(Connection& connection) {
  const Rows rows =
      TRY(connection.execute("SELECT COALESCE(MAX(version), 0) FROM schema_version", Parameters()));
  return rows[0].integer(0);
}

Error too_new(std::int64_t version, std::int64_t last) {
  return invalid_input("the database has schema version " + std::to_string(version) +
                       ", this program knows versions up to " + std::to_string(last) +
                       ": run the newer program, or restore the backup made before it");
}

// One version, or nothing more to do (false).
Result<bool> migrate_once(Connection& connection, std::span<const Migration> known, Time now) {
  if (!connection.dialect().migration_lock.empty()) {
    TRY(connection.execute(connection.dialect().migration_lock, Parameters()));
  }
  TRY(connection.execute_script(
      "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, applied_at BIGINT "
      "NOT NULL)"));
  const std::int64_t version = TRY(version_of(connection));
  const auto last = static_cast<std::int64_t>(known.size());
  if (version > last) return too_new(version, last);
  if (version == last) return false;
  const Migration& next = known[static_cast<std::size_t>(version)];
  TRY(with_context(connection.execute_script(in_dialect(next.script, connection.dialect())),
                   "migrate the database to version " + std::to_string(next.version)));
  TRY(connection.execute("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)",
                         Parameters(next.version, now)));
  log::info("schema.migrated",
            {{"database", connection.dialect().name}, {"version", next.version}});
  return true;
}

}  // namespace

Result<void> migrate(Connection& connection, std::span<const Migration> known, const Clock& clock) {
  while (true) {
    TRY(connection.begin());
    const Result<bool> migrated = migrate_once(connection, known, clock.now());
    if (!migrated) {
      connection.rollback();
      return migrated.error();
    }
    TRY(connection.commit());
    if (!*migrated) return {};
  }
}

}  // namespace tidings::sql
