#include "adapters/postgres/postgres_connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

#include "adapters/postgres/wire.h"

namespace tidings::postgres {
namespace {

constexpr sql::Dialect kDialect{
    .name = "postgres",
    .for_update = " FOR UPDATE",
    .unindexed = "",  // its planner has statistics
    .migration_lock = "SELECT CAST(1 AS BIGINT) FROM pg_advisory_xact_lock(8390040281462433)",
    .id = "BIGINT PRIMARY KEY",
    .text = "TEXT COLLATE \"C\"",  // compared by bytes, as SQLite does
    .blob = "BYTEA",
    .without_rowid = ""};

constexpr std::size_t kPipelineMax = 1000;  // statements between two synchronizations
constexpr std::size_t kUnsentBytesMax = 65'536;
// How much longer than the server itself we wait for it to give a statement up.
constexpr std::chrono::milliseconds kGrace{1'000};
constexpr std::size_t kStatementsMax = 500;
constexpr int kBinaryResult = 1;

bool begins_with(const char* state, std::string_view prefix) {
  return state != nullptr && std::string_view(state).starts_with(prefix);
}

// libpq's messages end with a line break and may go over several lines.
std::string one_line(const char* message) {
  std::string text(message);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::ranges::replace(text, '\n', ' ');
  return text;
}

Error away(const PGconn* connection) {
  return {ErrorKind::Unavailable, "PostgreSQL: " + one_line(PQerrorMessage(connection)),
          "database_away"};
}

// By SQLSTATE (PostgreSQL, appendix A).
Error to_error(const PGconn* connection, const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (PQstatus(connection) != CONNECTION_OK || state == nullptr) return away(connection);
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string what = std::string("PostgreSQL: ") + (primary ? one_line(primary) : state);
  if (begins_with(state, "53100")) return {ErrorKind::Unavailable, what, "disk_full"};
  if (begins_with(state, "55P03") || begins_with(state, "40") || begins_with(state, "57014")) {
    return {ErrorKind::Unavailable, what, "database_locked"};
  }
  if (begins_with(state, "58")) return {ErrorKind::Unavailable, what, "io_error"};
  for (const std::string_view passing : {"08", "53", "57P", "25006"}) {
    if (begins_with(state, passing)) return {ErrorKind::Unavailable, what, "database_away"};
  }
  if (begins_with(state, "XX001") || begins_with(state, "XX002")) {
    return corrupt(what + ": stop Tidings and restore a backup");
  }
  if (begins_with(state, "23")) return {ErrorKind::Conflict, what, {}};
  for (const std::string_view of_values : {"22", "54"}) {
    if (begins_with(state, of_values)) return invalid_input(what);
  }
  // A table that is not there, a right that was taken away: not the values' fault.
  return {ErrorKind::Unavailable, what, "database_fault"};
}

// What was prepared no longer fits the schema (0A000: "cached plan must not change result type"),
// or the server has forgotten it (26000); or the connection itself failed.
bool needs_new_connection(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return begins_with(state, "0A000") || begins_with(state, "26000") || begins_with(state, "08");
}

Error unexpected_type() {
  return {ErrorKind::Unavailable, "PostgreSQL answered with a type that the queries do not ask for",
          "database_fault"};
}

std::int64_t affected_rows(PGresult* result) {
  const std::string_view digits = PQcmdTuples(result);
  std::int64_t rows = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), rows);
  return rows;
}

}  // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(
    const PostgresSettings& settings, std::chrono::milliseconds statement_timeout) {
  // What libpq says of a bad address may repeat it, with the password.
  char* parse_error = nullptr;
  PQconninfoOption* const options = PQconninfoParse(settings.url.c_str(), &parse_error);
  if (parse_error != nullptr) PQfreemem(parse_error);
  if (options == nullptr)
    return invalid_input("the address of the PostgreSQL database is malformed");
  PQconninfoFree(options);

  const auto seconds = std::chrono::ceil<std::chrono::seconds>(settings.connect_timeout);
  const std::string timeout = std::to_string(std::max<std::int64_t>(seconds.count(), 2));
  const std::array<const char*, 10> names = {
      "dbname",           "connect_timeout",  "client_encoding",
      "application_name", "keepalives_idle",  "keepalives_interval",
      "keepalives_count", "tcp_user_timeout", nullptr};
  const std::array<const char*, 10> values = {
      settings.url.c_str(), timeout.c_str(), "UTF8", "tidings", "30", "5", "3", "30000", nullptr};
  constexpr int kExpandUrl = 1;
  PGconn* const connection = PQconnectdbParams(names.data(), values.data(), kExpandUrl);
  if (connection == nullptr) return unavailable("PostgreSQL: out of memory");
  std::unique_ptr<PostgresConnection> opened(
      new PostgresConnection(connection, statement_timeout + kGrace));
  if (PQstatus(connection) != CONNECTION_OK) return away(connection);
  TRY(opened->set_up(statement_timeout));
  return opened;
}

Result<void> PostgresConnection::set_up(std::chrono::milliseconds statement_timeout) {
  if (PQsetnonblocking(connection_.get(), 1) != 0) return away(connection_.get());
  PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
  if (std::strcmp(PQparameterStatus(connection_.get(), "server_encoding"), "UTF8") != 0) {
    return invalid_input("the PostgreSQL database must have the encoding UTF8");
  }
  return execute_script(
      "SET statement_timeout = " + std::to_string(statement_timeout.count()) +
      "; SET idle_in_transaction_session_timeout = 60000; SET synchronous_commit = on");
}

const sql::Dialect& PostgresConnection::dialect() const {
  return kDialect;
}

Result<sql::Rows> PostgresConnection::execute(std::string_view statement,
                                              const sql::Parameters& parameters) {
  const std::string name = TRY(prepare(statement, parameters.values()));
  const WireParameters wire(parameters.values());
  const PgResult result = TRY(
      answer_to(PQsendQueryPrepared(connection_.get(), name.c_str(), wire.count(), wire.values(),
                                    wire.lengths(), wire.formats(), kBinaryResult)));
  sql::Rows rows;
  TRY(take_result(result.get(), rows));
  return rows;
}

Result<sql::Rows> PostgresConnection::execute_many(std::string_view statement,
                                                   const sql::Parameters& lists,
                                                   std::size_t arity) {
  sql::Rows rows;
  if (lists.empty()) return rows;
  const std::span<const sql::Value> values = lists.values();
  CHECK(values.size() % arity == 0);
  const std::string name = TRY(prepare(statement, values.first(arity)));
  const std::size_t step = kPipelineMax * arity;
  for (std::size_t at = 0; at < values.size(); at += step) {
    TRY(send_pipeline(name, values.subspan(at, std::min(step, values.size() - at)), arity, rows));
  }
  return rows;
}

Result<void> PostgresConnection::send_pipeline(const std::string& name,
                                               std::span<const sql::Value> values,
                                               std::size_t arity, sql::Rows& rows) {
  PGconn* const connection = connection_.get();
  if (PQenterPipelineMode(connection) != 1) return away(connection);
  std::size_t unsent_bytes = 0;
  for (std::size_t at = 0; at < values.size(); at += arity) {
    const WireParameters wire(values.subspan(at, arity));
    if (PQsendQueryPrepared(connection, name.c_str(), wire.count(), wire.values(), wire.lengths(),
                            wire.formats(), kBinaryResult) != 1) {
      return away(connection);
    }
    unsent_bytes += wire.bytes();
    if (unsent_bytes < kUnsentBytesMax) continue;
    TRY(flush());
    unsent_bytes = 0;
  }
  if (PQpipelineSync(connection) != 1) return away(connection);
  TRY(flush());
  Result<void> done = read_pipeline(values.size() / arity, rows);
  if (PQexitPipelineMode(connection) != 1 && done) return away(connection);
  return done;
}

// Reads to the end even when one failed: the rest is answered as aborted.
Result<void> PostgresConnection::read_pipeline(std::size_t count, sql::Rows& rows) {
  Result<void> first_error;
  for (std::size_t i = 0; i < count; ++i) {
    while (const PgResult result = TRY(next_result())) {
      if (PQresultStatus(result.get()) == PGRES_PIPELINE_ABORTED) continue;
      Result<void> taken = take_result(result.get(), rows);
      if (!taken && first_error) first_error = std::move(taken);
      if (PQstatus(connection_.get()) != CONNECTION_OK) return away(connection_.get());
    }
  }
  const PgResult sync = TRY(next_result());
  if (!sync || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) return away(connection_.get());
  return first_error;
}

Result<void> PostgresConnection::take_result(PGresult* result, sql::Rows& rows) {
  switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
      if (!read_rows(result, rows)) return unexpected_type();
      return {};
    case PGRES_COMMAND_OK:
      rows.add_affected(affected_rows(result));
      return {};
    default:
      return fault(result);
  }
}

Error PostgresConnection::fault(const PGresult* result) {
  if (needs_new_connection(result)) is_given_up_ = true;
  return to_error(connection_.get(), result);
}

Result<void> PostgresConnection::wait(short events, Deadline deadline) {
  using std::chrono::milliseconds;
  pollfd socket{.fd = PQsocket(connection_.get()), .events = events, .revents = 0};
  while (true) {
    const auto left =
        std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    const int ready = left > 0 ? poll(&socket, 1, static_cast<int>(left)) : 0;
    if (ready > 0) return {};
    if (ready < 0 && errno == EINTR) continue;
    // Whoever is silent is not told good-bye either: that could wait as well.
    is_given_up_ = true;
    shutdown(socket.fd, SHUT_RDWR);
    return Error{ErrorKind::Unavailable,
                 "PostgreSQL: no answer in " + std::to_string(answer_timeout_.count()) + " ms",
                 "database_away"};
  }
}

// Reads what comes back meanwhile, so that neither side blocks the other.
Result<void> PostgresConnection::flush() {
  const Deadline deadline = std::chrono::steady_clock::now() + answer_timeout_;
  while (true) {
    const int unsent = PQflush(connection_.get());
    if (unsent == 0) return {};
    if (unsent < 0) return away(connection_.get());
    TRY(wait(POLLIN | POLLOUT, deadline));
    if (PQconsumeInput(connection_.get()) != 1) return away(connection_.get());
  }
}

Result<PostgresConnection::PgResult> PostgresConnection::next_result() {
  const Deadline deadline = std::chrono::steady_clock::now() + answer_timeout_;
  while (PQisBusy(connection_.get()) == 1) {
    TRY(wait(POLLIN, deadline));
    if (PQconsumeInput(connection_.get()) != 1) return away(connection_.get());
  }
  return PgResult(PQgetResult(connection_.get()));
}

Result<PostgresConnection::PgResult> PostgresConnection::answer_to(int was_sent) {
  if (was_sent != 1) return away(connection_.get());
  TRY(flush());
  PgResult last;
  while (PgResult result = TRY(next_result())) last = std::move(result);
  if (!last) return away(connection_.get());
  const ExecStatusType status = PQresultStatus(last.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return fault(last.get());
  return last;
}

Result<void> PostgresConnection::execute_script(std::string_view script) {
  const std::string text(script);
  TRY(answer_to(PQsendQuery(connection_.get(), text.c_str())));
  return {};
}

Result<void> PostgresConnection::begin() {
  return execute_script("BEGIN");
}

Result<void> PostgresConnection::commit() {
  const PgResult result = TRY(answer_to(PQsendQuery(connection_.get(), "COMMIT")));
  // A transaction in which something failed answers COMMIT with ROLLBACK.
  if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) {
    return unavailable("PostgreSQL rolled the transaction back");
  }
  return {};
}

void PostgresConnection::rollback() {
  if (is_broken()) return;
  // Where it fails, so did the connection: the server rolls back by itself then.
  if (!execute_script("ROLLBACK")) is_given_up_ = true;
}

bool PostgresConnection::is_broken() const {
  return is_given_up_ || PQstatus(connection_.get()) != CONNECTION_OK ||
         PQpipelineStatus(connection_.get()) != PQ_PIPELINE_OFF;
}

// The types are stated, since "$1 = 1" alone would make a 32-bit parameter.
Result<std::string> PostgresConnection::prepare(std::string_view statement,
                                                std::span<const sql::Value> types_of) {
  if (const auto known = statements_.find(statement); known != statements_.end()) {
    return known->second;
  }
  if (statements_.size() >= kStatementsMax) {
    TRY(execute_script("DEALLOCATE ALL"));
    statements_.clear();
  }
  std::vector<Oid> types;
  for (const sql::Value& value : types_of) types.push_back(type_of(value));
  const std::string text(statement);
  std::string name = "s" + std::to_string(statements_.size() + 1);
  TRY(answer_to(PQsendPrepare(connection_.get(), name.c_str(), text.c_str(),
                              static_cast<int>(types.size()), types.data())));
  statements_.emplace(text, name);
  return name;
}

}  // namespace tidings::postgres
