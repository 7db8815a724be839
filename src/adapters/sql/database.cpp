#include "adapters/sql/database.h"

#include <chrono>

namespace tidings::sql {

Result<Transaction> Transaction::begin(Connection& connection, Time now) {
  TRY(connection.begin());
  static const std::string kLock =
      "SELECT last_id, last_sequence, articles, body_bytes FROM ledger WHERE id = 1";
  Result<Rows> ledger =
      connection.execute(kLock + std::string(connection.dialect().for_update), Parameters());
  if (!ledger || ledger->size() != 1) {
    connection.rollback();
    if (!ledger) return std::move(ledger).error();
    return corrupt("the database has lost its ledger: restore a backup");
  }
  return Transaction(connection, now, (*ledger)[0]);
}

Transaction::Transaction(Connection& connection, Time now, const Row& ledger)
    : connection_(&connection),
      now_(now),
      last_id_(ledger.integer(0)),
      last_sequence_(ledger.integer(1)),
      articles_(ledger.integer(2)),
      body_bytes_(ledger.integer(3)),
      before_{last_id_, last_sequence_, articles_, body_bytes_} {}

std::int64_t Transaction::next_id() {
  using std::chrono::milliseconds;
  const auto now = std::chrono::floor<milliseconds>(now_).time_since_epoch();
  last_id_ = next_id_after(last_id_, now.count());
  return last_id_;
}

void Transaction::append(EventKind kind, const Event& about) {
  events_->add(++last_sequence_, kind, now_, about.subject, about.source_id,
               events_->keep(about.language), about.published);
}

void Transaction::append(EventKind kind, SourceId source) {
  append(kind, Event{.subject = to_int(source), .source_id = source});
}

Result<void> Transaction::commit() {
  if (!events_->empty()) {
    TRY(connection_->execute_many(
        "INSERT INTO events (sequence, kind, at, subject, source_id, language, published) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        *events_, 7));
  }
  if (Ledger{last_id_, last_sequence_, articles_, body_bytes_} != before_) {
    TRY(connection_->execute(
        "UPDATE ledger SET last_id = $1, last_sequence = $2, articles = $3, body_bytes = $4 "
        "WHERE id = 1",
        Parameters(last_id_, last_sequence_, articles_, body_bytes_)));
  }
  return connection_->commit();
}

}  // namespace tidings::sql
