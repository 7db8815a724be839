// The PostgreSQL driver: prepared statements, in pipelines where there are many.
#pragma once

#include <chrono>
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
  static Result<std::unique_ptr<PostgresConnection>> open(
      const PostgresSettings& settings, std::chrono::milliseconds statement_timeout);

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
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using PgResult = std::unique_ptr<PGresult, Clear>;
  using Deadline = std::chrono::steady_clock::time_point;

  PostgresConnection(PGconn* connection, std::chrono::milliseconds answer_timeout)
      : connection_(connection), answer_timeout_(answer_timeout) {}

  Result<void> set_up(std::chrono::milliseconds statement_timeout);

  // Each waits for the server, at most `answer_timeout_` since it said something.
  Result<void> wait(short events, Deadline deadline);
  Result<void> flush();
  Result<PgResult> next_result();            // null after the last of one statement
  Result<PgResult> answer_to(int was_sent);  // the last of what PQsend… asked for

  Error fault(const PGresult* result);
  Result<void> take_result(PGresult* result, sql::Rows& rows);
  Result<std::string> prepare(std::string_view statement, std::span<const sql::Value> types_of);
  Result<void> send_pipeline(const std::string& name, std::span<const sql::Value> values,
                             std::size_t arity, sql::Rows& rows);
  Result<void> read_pipeline(std::size_t count, sql::Rows& rows);

  const std::unique_ptr<PGconn, Finish> connection_;
  const std::chrono::milliseconds answer_timeout_;
  bool is_given_up_ = false;
  std::map<std::string, std::string, std::less<>>
      statements_;  // the text and the name it is prepared as
};

}  // namespace tidings::postgres
