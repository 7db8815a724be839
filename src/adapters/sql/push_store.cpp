#include "ports/push_store.h"

#include <string>

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"

namespace tidings::sql {
namespace {

constexpr std::string_view kSelect =
    "SELECT source_id, hub, topic, token, secret, state, due_at, verified_at, expires_at, "
    "last_push_at, proven_at, failures, version FROM push_subscriptions ";

std::optional<Time> optional_time(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

PushSubscription read_subscription(const Row& row) {
  PushSubscription subscription;
  subscription.source_id = SourceId(row.integer(0));
  subscription.hub = row.string(1);
  subscription.topic = row.string(2);
  subscription.token = row.string(3);
  subscription.secret = row.string(4);
  subscription.state = static_cast<PushState>(row.integer(5));
  subscription.due_at = row.time(6);
  subscription.verified_at = optional_time(row, 7);
  subscription.expires_at = optional_time(row, 8);
  subscription.last_push_at = optional_time(row, 9);
  subscription.proven_at = optional_time(row, 10);
  subscription.failures = static_cast<std::int32_t>(row.integer(11));
  subscription.version = row.integer(12);
  return subscription;
}

void add_columns(Parameters& parameters, const PushSubscription& subscription) {
  parameters.add(subscription.source_id, subscription.hub, subscription.topic, subscription.token,
                 subscription.secret, subscription.state, subscription.due_at,
                 subscription.verified_at, subscription.expires_at, subscription.last_push_at,
                 subscription.proven_at, subscription.failures);
}

class SqlPushStore final : public PushStore {
 public:
  explicit SqlPushStore(Database& database) : database_(database) {}

  Result<bool> add(const PushSubscription& subscription) override {
    Parameters parameters;
    add_columns(parameters, subscription);
    return changes(
        "INSERT INTO push_subscriptions (source_id, hub, topic, token, secret, state, due_at, "
        "verified_at, expires_at, last_push_at, proven_at, failures, version) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7, $8, $9, $10, $11, $12, 1) ON CONFLICT (source_id) DO NOTHING",
        parameters);
  }

  Result<bool> replace(const PushSubscription& subscription) override {
    Parameters parameters;
    add_columns(parameters, subscription);
    parameters.add(subscription.version);
    return changes(
        "UPDATE push_subscriptions SET hub = $2, topic = $3, token = $4, secret = $5, state = $6, "
        "due_at = $7, verified_at = $8, expires_at = $9, last_push_at = $10, proven_at = $11, "
        "failures = $12, version = version + 1 WHERE source_id = $1 AND version = $13",
        parameters);
  }

  Result<bool> remove(const PushSubscription& subscription) override {
    return changes("DELETE FROM push_subscriptions WHERE source_id = $1 AND version = $2",
                   Parameters(subscription.source_id, subscription.version));
  }

  Result<PushSubscription> get(SourceId id) const override {
    static const std::string kOne = std::string(kSelect) + "WHERE source_id = $1";
    auto found = TRY(ask(kOne, Parameters(id)));
    if (found.empty()) return not_found("source " + to_text(id) + " has no hub");
    return std::move(found.front());
  }

  Result<std::vector<PushSubscription>> list() const override {
    static const std::string kAll = std::string(kSelect) + "ORDER BY source_id";
    return ask(kAll, Parameters());
  }

  Result<std::vector<PushSubscription>> due(Time now, std::size_t limit) const override {
    static const std::string kDue =
        std::string(kSelect) + "WHERE due_at <= $1 ORDER BY due_at, source_id LIMIT $2";
    return ask(kDue, Parameters(now, limit));
  }

 private:
  Result<bool> changes(std::string_view statement, const Parameters& parameters) {
    return database_.write([&](Transaction& transaction) -> Result<bool> {
      const Rows rows = TRY(transaction.connection().execute(statement, parameters));
      return rows.affected() > 0;
    });
  }

  Result<std::vector<PushSubscription>> ask(const std::string& statement,
                                            const Parameters& parameters) const {
    return database_.read([&](Connection& connection) -> Result<std::vector<PushSubscription>> {
      const Rows rows = TRY(connection.execute(statement, parameters));
      std::vector<PushSubscription> found;
      found.reserve(rows.size());
      for (const Row row : rows) found.push_back(read_subscription(row));
      return found;
    });
  }

  Database& database_;
};

}  // namespace

std::unique_ptr<PushStore> make_push_store(Database& database) {
  return std::make_unique<SqlPushStore>(database);
}

}  // namespace tidings::sql
