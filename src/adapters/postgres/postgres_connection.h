// The PostgreSQL driver: prepared statements, in pipelines where there are many.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "adapters/postgres/postgres_stores.h"
#include "adapters/sql/connection.h"

namespace tidings::postgres {

class PostgresConnection final : public sql::Connection {
 public:
  static Result<std::unique_ptr<PostgresConnection>> open(const PostgresSettings& settings);

  const sql::Dialect& dialect() const override;
  Result<sql::Rows> execute(std::string_view statement, const sql::Parameters& parameters) override;
  Result<sql::Rows> execute_many(std::string_view statement, const sql::Parameters& lists,
                                 std::size_t arity) override;
  Result<void> execute_script(std::string_view script) override;
  Result<void> begin() override;
  Result<void> commit() override;
  void rollback() override;
  bool is_broken() const override;

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  explicit PostgresConnection(PGconn* connection) : connection_(connection) {}

  Result<void> set_up(const PostgresSettings& settings);
  Result<std::string> prepare(std::string_view statement, std::span<const sql::Value> types_of);
  Result<void> send_pipeline(const std::string& name, std::span<const sql::Value> values,
                             std::size_t arity, sql::Rows& rows);
  Result<void> read_pipeline(std::size_t count, sql::Rows& rows);

  const std::unique_ptr<PGconn, Finish> connection_;
  std::map<std::string, std::string, std::less<>>
      statements_;  // the text and the name it is prepared as
};

}  // namespace tidings::postgres
