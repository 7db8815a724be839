// One database: reads on any of several connections, writes one transaction after the other.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include "adapters/sql/connection.h"
#include "adapters/sql/pool.h"
#include "core/result.h"
#include "core/time.h"
#include "model/article.h"
#include "model/event.h"

namespace tidings::sql {

// A transaction that writes. It holds the ledger's row, which makes writers of all processes take
// turns: ids and event sequences become visible in the order in which they were given out, without
// gaps.
class Transaction {
 public:
  static Result<Transaction> begin(Connection& connection, Time now);

  Connection& connection() { return *connection_; }
  Time now() const { return now_; }

  std::int64_t next_id();
  void append(EventKind kind, const Event& about);  // sequence, kind and time are set here
  void append(EventKind kind, SourceId source);
  void count_articles(std::int64_t added) { articles_ += added; }
  void count_body_bytes(std::int64_t added) { body_bytes_ += added; }
  std::int64_t articles() const { return articles_; }
  std::int64_t body_bytes() const { return body_bytes_; }
  std::int64_t last_sequence() const { return last_sequence_; }

  // Writes the events and the ledger, and commits.
  Result<void> commit();

 private:
  Transaction(Connection& connection, Time now, const Row& ledger);

  struct Ledger {
    std::int64_t last_id, last_sequence, articles, body_bytes;
    bool operator==(const Ledger&) const = default;
  };

  Connection* connection_;
  Time now_;
  std::int64_t last_id_, last_sequence_, articles_, body_bytes_;
  Ledger before_;
  std::unique_ptr<Parameters> events_ = std::make_unique<Parameters>();
};

// Safe to call from many threads.
class Database {
 public:
  Database(Pool& readers, Pool& writer, const Clock& clock)
      : readers_(readers), writer_(writer), clock_(clock) {}

  const Clock& clock() const { return clock_; }

  // `work(Connection&)` returns a Result. It may run twice: a connection that turns out to be dead
  // is replaced once.
  template <class Work>
  auto read(Work work) const -> std::invoke_result_t<Work, Connection&> {
    for (bool is_retry = false;; is_retry = true) {
      const Pool::Lease connection = TRY(readers_.take());
      auto result = work(*connection);
      if (result || !connection->is_broken() || is_retry) return result;
      readers_.drop_idle();
    }
  }

  // `work(Transaction&)` returns a Result; the transaction is committed when it succeeds, else
  // rolled back.
  template <class Work>
  auto write(Work work) -> std::invoke_result_t<Work, Transaction&> {
    for (bool is_retry = false;; is_retry = true) {
      const Pool::Lease connection = TRY(writer_.take());
      Result<Transaction> transaction = Transaction::begin(*connection, clock_.now());
      if (!transaction) {
        // Nothing was written yet, so a dead connection can be replaced.
        if (connection->is_broken() && !is_retry) continue;
        return std::move(transaction).error();
      }
      auto result = work(*transaction);
      if (!result) {
        connection->rollback();
        return result;
      }
      Result<void> committed = transaction->commit();
      if (!committed) {
        connection->rollback();
        return std::move(committed).error();
      }
      return result;
    }
  }

 private:
  Pool& readers_;
  Pool& writer_;
  const Clock& clock_;
};

}  // namespace tidings::sql
