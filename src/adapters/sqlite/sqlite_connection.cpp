#include "adapters/sqlite/sqlite_connection.h"

#include <algorithm>
#include <utility>

#include "core/strings.h"

namespace tidings::sqlite {
namespace {

constexpr sql::Dialect kDialect{.name = "sqlite",
                                .for_update = "",
                                .unindexed = "+",
                                .migration_lock = "",
                                .id = "INTEGER PRIMARY KEY",
                                .text = "TEXT",
                                .blob = "BLOB",
                                .without_rowid = "WITHOUT ROWID"};

// More than the program has; beyond it something builds statements from data.
constexpr std::size_t kStatementsMax = 500;

// SQLite would number $1 by the order in which names occur; ?1 is the first parameter.
std::string with_numbered_parameters(std::string_view statement) {
  std::string text(statement);
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '$' && is_digit(text[i + 1])) text[i] = '?';
  }
  return text;
}

int bind(sqlite3_stmt* statement, int at, const sql::Value& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int at;
    int operator()(sql::Null) const { return sqlite3_bind_null(statement, at); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, at, number); }
    int operator()(double number) const { return sqlite3_bind_double(statement, at, number); }
    int operator()(std::string_view text) const {
      // A null pointer would be NULL.
      return sqlite3_bind_text64(statement, at, text.empty() ? "" : text.data(), text.size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(sql::Blob blob) const {
      return sqlite3_bind_blob64(statement, at, blob.bytes.empty() ? "" : blob.bytes.data(),
                                 blob.bytes.size(), SQLITE_STATIC);
    }
  };
  return std::visit(Binder{statement, at}, value);
}

void read_row(sqlite3_stmt* statement, sql::Rows& rows) {
  const int columns = sqlite3_column_count(statement);
  rows.set_columns(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) {
    switch (sqlite3_column_type(statement, i)) {
      case SQLITE_INTEGER:
        rows.add_integer(sqlite3_column_int64(statement, i));
        break;
      case SQLITE_FLOAT:
        rows.add_real(sqlite3_column_double(statement, i));
        break;
      case SQLITE_NULL:
        rows.add_null();
        break;
      default: {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, i));
        rows.add_bytes({bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, i))});
      }
    }
  }
}

Error to_error(int code, const std::string& path, std::string_view message) {
  const std::string what = "database " + path + ": " + std::string(message);
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::Unavailable, what + " by another program", "database_locked"};
    case SQLITE_FULL:
      return {ErrorKind::Unavailable, what + ": free some space", "disk_full"};
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
      return {ErrorKind::Unavailable, what, "io_error"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorKind::Unavailable, what + ": check that the folder is there and writable",
              "database_away"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return corrupt(what +
                     ": stop Tidings, keep the file, and restore a backup or save what can be "
                     "saved with `sqlite3 FILE .recover`");
    case SQLITE_CONSTRAINT:
      return {ErrorKind::Conflict, "database: " + std::string(message), {}};
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
      return invalid_input("database: " + std::string(message));
    default:  // a table that is not there, a schema that somebody changed: not the values' fault
      return {ErrorKind::Unavailable, what, "database_fault"};
  }
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const SqliteSettings& settings,
                                                                 Access access) {
  sqlite3* database = nullptr;
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(settings.path.c_str(), &database, kFlags, nullptr);
  if (database == nullptr) return unavailable("database " + settings.path + ": out of memory");
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(settings.path, database));
  if (code != SQLITE_OK) return connection->last_error();
  TRY(connection->set_up(settings, access));
  return connection;
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close(database_);
}

Result<void> SqliteConnection::set_up(const SqliteSettings& settings, Access access) {
  const bool writes = access == Access::Write;
  const std::int64_t cache = writes ? settings.writer_cache_bytes : settings.reader_cache_bytes;
  sqlite3_busy_timeout(database_, static_cast<int>(settings.busy_timeout.count()));
  sqlite3_extended_result_codes(database_, 1);
  // Debian builds SQLite with secure_delete, which writes every freed page.
  std::string pragmas =
      "PRAGMA secure_delete = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -" +
      std::to_string(cache / 1024) + ";";
  if (writes) {
    pragmas +=
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; "
        "PRAGMA journal_size_limit = 67108864;";
    if (settings.file_bytes_max > 0) {
      constexpr std::int64_t kPageBytes = 4096;
      pragmas +=
          "PRAGMA max_page_count = " + std::to_string(settings.file_bytes_max / kPageBytes) + ";";
    }
  } else {
    pragmas += "PRAGMA query_only = ON;";
  }
  return execute_script(pragmas);
}

const sql::Dialect& SqliteConnection::dialect() const {
  return kDialect;
}

Result<sql::Rows> SqliteConnection::execute(std::string_view statement,
                                            const sql::Parameters& parameters) {
  sqlite3_stmt* const prepared = TRY(prepare(statement));
  sql::Rows rows;
  TRY(run(prepared, parameters.values(), rows));
  return rows;
}

Result<sql::Rows> SqliteConnection::execute_many(std::string_view statement,
                                                 const sql::Parameters& lists, std::size_t arity) {
  sql::Rows rows;
  if (lists.empty()) return rows;
  CHECK(lists.values().size() % arity == 0);
  sqlite3_stmt* const prepared = TRY(prepare(statement));
  for (std::size_t at = 0; at < lists.values().size(); at += arity) {
    TRY(run(prepared, lists.values().subspan(at, arity), rows));
  }
  return rows;
}

Result<void> SqliteConnection::execute_script(std::string_view script) {
  const std::string text(script);
  if (sqlite3_exec(database_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return last_error();
  }
  return {};
}

Result<void> SqliteConnection::begin() {
  TRY(execute("BEGIN IMMEDIATE", sql::Parameters()));
  return {};
}

Result<void> SqliteConnection::commit() {
  TRY(execute("COMMIT", sql::Parameters()));
  return {};
}

void SqliteConnection::rollback() {
  // SQLite rolls back by itself after some errors (a full disk); then there is nothing left to do.
  if (sqlite3_get_autocommit(database_) == 0) {
    sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Result<sqlite3_stmt*> SqliteConnection::prepare(std::string_view statement) {
  if (const auto known = statements_.find(statement); known != statements_.end()) {
    return known->second.get();
  }
  if (statements_.size() >= kStatementsMax) statements_.clear();
  const std::string text = with_numbered_parameters(statement);
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v3(database_, text.c_str(), static_cast<int>(text.size() + 1),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  if (code != SQLITE_OK) return last_error();
  statements_.emplace(std::string(statement), Statement(prepared));
  return prepared;
}

// Runs the statement once and adds its rows.
Result<void> SqliteConnection::run(sqlite3_stmt* statement, std::span<const sql::Value> values,
                                   sql::Rows& rows) {
  CHECK(static_cast<int>(values.size()) == sqlite3_bind_parameter_count(statement));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (bind(statement, static_cast<int>(i) + 1, values[i]) != SQLITE_OK) return last_error();
  }
  const std::int64_t changes_before = sqlite3_total_changes64(database_);
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) read_row(statement, rows);
  rows.add_affected(sqlite3_total_changes64(database_) - changes_before);
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement);
    return {};
  }
  Error error = last_error();
  sqlite3_reset(statement);
  return error;
}

Error SqliteConnection::last_error() const {
  return to_error(sqlite3_extended_errcode(database_), path_, sqlite3_errmsg(database_));
}

}  // namespace tidings::sqlite
