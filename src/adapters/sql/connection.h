// What the repository asks of a database driver: statements, transactions, and how the two dialects
// differ.
#pragma once

#include <cstddef>
#include <string_view>

#include "adapters/sql/rows.h"
#include "adapters/sql/value.h"
#include "core/result.h"

namespace tidings::sql {

// Where SQLite and PostgreSQL part. Queries share the rest: ON CONFLICT, row values, BIGINT.
struct Dialect {
  std::string_view name;
  std::string_view for_update;  // locks the rows that a SELECT found
  std::string_view unindexed;   // in front of a column: keeps the planner from its index
  std::string_view
      migration_lock;  // a statement that lets one process migrate at a time; may be empty
  // What stands in the schema for {id}, {text}, {blob} and {without_rowid}.
  std::string_view id, text, blob, without_rowid;
};

// One connection, used by one thread at a time. Statements are written with $1 to $n and are
// prepared once. Errors: Conflict (a unique key), InvalidInput (a value that cannot be stored),
// Corrupt, and Unavailable for the rest, which the caller cannot help (code "database_locked",
// "disk_full", "io_error", "database_away", or "database_fault": a table that is not there).
class Connection {
 public:
  virtual ~Connection() = default;

  virtual const Dialect& dialect() const = 0;

  virtual Result<Rows> execute(std::string_view statement, const Parameters& parameters) = 0;

  // The statement once for each list of `arity` parameters; the rows of all, in order.
  virtual Result<Rows> execute_many(std::string_view statement, const Parameters& lists,
                                    std::size_t arity) = 0;

  // Statements without parameters, divided by semicolons.
  virtual Result<void> execute_script(std::string_view script) = 0;

  // Takes the right to write at once (SQLite), or begins (PostgreSQL).
  virtual Result<void> begin() = 0;
  virtual Result<void> commit() = 0;
  virtual void rollback() = 0;

  // The server is gone or does not answer, or what was prepared no longer fits the schema: take a
  // new connection.
  virtual bool is_broken() const = 0;
};

}  // namespace tidings::sql
