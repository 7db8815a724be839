#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"

namespace tidings::sql {
namespace {

// Events lie alike in `events` and in `dead_letters`.
Event read_event(const Row& row, std::size_t first) {
  return {.sequence = EventSequence(row.integer(first)),
          .kind = static_cast<EventKind>(row.integer(first + 1)),
          .at = row.time(first + 2),
          .subject = row.integer(first + 3),
          .source_id = SourceId(row.integer(first + 4)),
          .language = row.string(first + 5),
          .published = row.time(first + 6)};
}

DeadLetter read_letter(const Row& row) {
  return {.id = DeadLetterId(row.integer(0)),
          .consumer = row.string(1),
          .event = read_event(row, 2),
          .error = row.string(9),
          .attempts = static_cast<std::int32_t>(row.integer(10)),
          .buried_at = row.time(11),
          .redriven = row.integer(12) != 0};
}

Error conflict(std::string message) {
  return {ErrorKind::Conflict, std::move(message), {}};
}

Result<void> move_cursor(Transaction& transaction, const CursorMove& move) {
  Connection& connection = transaction.connection();
  const Rows rows = TRY(connection.execute("SELECT sequence FROM cursors WHERE consumer = $1",
                                           Parameters(move.consumer)));
  const EventSequence at = rows.empty() ? EventSequence{} : EventSequence(rows[0].integer(0));
  if (at != move.from) return conflict("the cursor of " + move.consumer + " is elsewhere");
  TRY(
      connection.execute("INSERT INTO cursors (consumer, sequence) VALUES ($1, $2) "
                         "ON CONFLICT (consumer) DO UPDATE SET sequence = excluded.sequence",
                         Parameters(move.consumer, move.to)));
  return {};
}

Result<void> bury(Transaction& transaction, const CursorMove& move) {
  Parameters lists;
  for (const DeadLetter& letter : move.buried) {
    const Event& event = letter.event;
    lists.add(transaction.next_id(), move.consumer, event.sequence, event.kind, event.at,
              event.subject, event.source_id, event.language, event.published, letter.error,
              letter.attempts, transaction.now());
  }
  TRY(transaction.connection().execute_many(
      "INSERT INTO dead_letters (id, consumer, sequence, kind, at, subject, source_id, language, "
      "published, error, attempts, buried_at, redriven) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0)",
      lists, 12));
  return {};
}

class SqlEventLog final : public EventLog {
 public:
  explicit SqlEventLog(Database& database) : database_(database) {}

  Result<std::vector<Event>> read(EventSequence after, std::size_t limit) const override {
    limit = std::clamp<std::size_t>(limit, 1, 10'000);
    return database_.read([&](Connection& connection) -> Result<std::vector<Event>> {
      const Rows rows = TRY(connection.execute(
          "SELECT sequence, kind, at, subject, source_id, language, published FROM events "
          "WHERE sequence > $1 ORDER BY sequence LIMIT $2",
          Parameters(after, limit)));
      std::vector<Event> events;
      events.reserve(rows.size());
      for (const Row row : rows) events.push_back(read_event(row, 0));
      return events;
    });
  }

  Result<EventSequence> head() const override {
    return one_sequence("SELECT last_sequence FROM ledger", Parameters());
  }

  Result<EventSequence> oldest() const override {
    return one_sequence(
        "SELECT COALESCE((SELECT MIN(sequence) FROM events), last_sequence + 1) FROM ledger",
        Parameters());
  }

  Result<EventSequence> cursor(const std::string& consumer) const override {
    return one_sequence("SELECT sequence FROM cursors WHERE consumer = $1", Parameters(consumer));
  }

  Result<void> advance(const CursorMove& move) override {
    return database_.write(
        [&](Transaction& transaction) { return sql::advance(transaction, move); });
  }

  Result<std::vector<DeadLetter>> dead_letters(const std::string& consumer,
                                               std::size_t limit) const override {
    return database_.read([&](Connection& connection) -> Result<std::vector<DeadLetter>> {
      const Rows rows = TRY(connection.execute(
          "SELECT id, consumer, sequence, kind, at, subject, source_id, language, published, "
          "error, "
          "attempts, buried_at, redriven FROM dead_letters WHERE $1 = '' OR consumer = $1 "
          "ORDER BY redriven DESC, id LIMIT $2",
          Parameters(consumer, limit)));
      std::vector<DeadLetter> letters;
      for (const Row row : rows) letters.push_back(read_letter(row));
      return letters;
    });
  }

  Result<std::size_t> redrive(const std::string& consumer,
                              std::span<const DeadLetterId> ids) override {
    return database_.write([&](Transaction& transaction) -> Result<std::size_t> {
      Connection& connection = transaction.connection();
      if (ids.empty()) {
        const Rows rows =
            TRY(connection.execute("UPDATE dead_letters SET redriven = 1 WHERE redriven = 0 AND "
                                   "($1 = '' OR consumer = $1)",
                                   Parameters(consumer)));
        return static_cast<std::size_t>(rows.affected());
      }
      Parameters lists;
      for (const DeadLetterId id : ids) lists.add(consumer, id);
      const Rows rows = TRY(
          connection.execute_many("UPDATE dead_letters SET redriven = 1 "
                                  "WHERE redriven = 0 AND ($1 = '' OR consumer = $1) AND id = $2",
                                  lists, 2));
      return static_cast<std::size_t>(rows.affected());
    });
  }

  Result<void> rebury(DeadLetterId id, const std::string& error) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      const Rows rows =
          TRY(transaction.connection().execute("UPDATE dead_letters SET error = $2, attempts = "
                                               "attempts + 1, buried_at = $3, redriven = 0 "
                                               "WHERE id = $1",
                                               Parameters(id, error, transaction.now())));
      if (rows.affected() == 0) return not_found("dead letter " + to_text(id) + " is not there");
      return {};
    });
  }

  Result<std::size_t> trim(Time before, std::size_t rows_max) override {
    return database_.write([&](Transaction& transaction) -> Result<std::size_t> {
      Connection& connection = transaction.connection();
      // By sequence, not by time alone: a clock that was set back must not tear a gap.
      const Rows rows = TRY(connection.execute(
          "SELECT sequence, at FROM events WHERE sequence <= (SELECT MIN(sequence) FROM cursors) "
          "ORDER BY sequence LIMIT $1",
          Parameters(rows_max)));
      std::size_t removed = 0;
      while (removed < rows.size() && rows[removed].time(1) < before) ++removed;
      if (removed == 0) return removed;
      TRY(connection.execute("DELETE FROM events WHERE sequence <= $1",
                             Parameters(rows[removed - 1].integer(0))));
      return removed;
    });
  }

 private:
  // The first cell, or 0 without a row.
  Result<EventSequence> one_sequence(std::string_view statement,
                                     const Parameters& parameters) const {
    return database_.read([&](Connection& connection) -> Result<EventSequence> {
      const Rows rows = TRY(connection.execute(statement, parameters));
      return rows.empty() ? EventSequence{} : EventSequence(rows[0].integer(0));
    });
  }

  Database& database_;
};

}  // namespace

Result<void> advance(Transaction& transaction, const CursorMove& move) {
  if (move.to < move.from) return invalid_input("a cursor never moves backwards");
  TRY(move_cursor(transaction, move));
  if (move.settled) {
    const Rows rows = TRY(
        transaction.connection().execute("DELETE FROM dead_letters WHERE id = $1 AND consumer = $2",
                                         Parameters(*move.settled, move.consumer)));
    if (rows.affected() == 0) return conflict("the dead letter was settled by another");
  }
  return bury(transaction, move);
}

std::unique_ptr<EventLog> make_event_log(Database& database) {
  return std::make_unique<SqlEventLog>(database);
}

}  // namespace tidings::sql
