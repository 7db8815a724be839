// The SQLite driver: prepared statements, kept and run.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "adapters/sql/connection.h"
#include "adapters/sqlite/sqlite_stores.h"

namespace tidings::sqlite {

enum class Access { Read, Write };

class SqliteConnection final : public sql::Connection {
 public:
  static Result<std::unique_ptr<SqliteConnection>> open(const SqliteSettings& settings,
                                                        Access access);
  ~SqliteConnection() override;

  const sql::Dialect& dialect() const override;
  Result<sql::Rows> execute(std::string_view statement, const sql::Parameters& parameters) override;
  Result<sql::Rows> execute_many(std::string_view statement, const sql::Parameters& lists,
                                 std::size_t arity) override;
  Result<void> execute_script(std::string_view script) override;
  Result<void> begin() override;
  Result<void> commit() override;
  void rollback() override;
  bool is_broken() const override { return false; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

  SqliteConnection(std::string path, sqlite3* database)
      : path_(std::move(path)), database_(database) {}

  Result<void> set_up(const SqliteSettings& settings, Access access);
  Result<sqlite3_stmt*> prepare(std::string_view statement);
  Result<void> run(sqlite3_stmt* statement, std::span<const sql::Value> values, sql::Rows& rows);
  Error last_error() const;

  const std::string path_;
  sqlite3* const database_;
  std::map<std::string, Statement, std::less<>> statements_;
};

}  // namespace tidings::sqlite
