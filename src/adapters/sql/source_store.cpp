#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"
#include "adapters/sql/source_rows.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

Error missing(SourceId id) {
  return not_found("source " + to_text(id) + " is not there");
}

std::string select_source(std::string_view rest) {
  return std::string(kSelectSource) + std::string(rest);
}

Result<std::vector<Source>> read_sources(Result<Rows> rows) {
  const Rows found = TRY(std::move(rows));
  std::vector<Source> sources;
  sources.reserve(found.size());
  for (const Row row : found) sources.push_back(read_source(row));
  return sources;
}

Result<Source> load(Connection& connection, SourceId id) {
  static const std::string kSelect = select_source("WHERE s.id = $1");
  const Rows rows = TRY(connection.execute(kSelect, Parameters(id)));
  if (rows.empty()) return missing(id);
  return read_source(rows[0]);
}

void add_topics(Parameters& lists, SourceId id, const std::vector<std::string>& topics) {
  for (const std::string& topic : topics) {
    const Hash128 hash = hash128(topic);
    lists.add(Blob{lists.keep(std::string(hash.begin(), hash.end()))}, id);
  }
}

Result<void> put_topics(Connection& connection, const Parameters& lists) {
  TRY(
      connection.execute_many("INSERT INTO source_topics (topic_hash, source_id) VALUES ($1, $2) "
                              "ON CONFLICT (topic_hash, source_id) DO NOTHING",
                              lists, 2));
  return {};
}

// The ids of the addresses that are there; 0 for the others.
Result<std::vector<SourceId>> known_addresses(Connection& connection,
                                              std::span<const SourceSettings> sources) {
  Parameters lists;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Hash128 hash = hash128(sources[i].url);
    lists.add(i, Blob{lists.keep(std::string(hash.begin(), hash.end()))});
  }
  const Rows rows = TRY(connection.execute_many(
      "SELECT CAST($1 AS BIGINT), id FROM sources WHERE url_hash = $2", lists, 2));
  std::vector<SourceId> ids(sources.size());
  for (const Row row : rows) {
    ids[static_cast<std::size_t>(row.integer(0))] = SourceId(row.integer(1));
  }
  return ids;
}

Result<std::vector<SourceAdded>> add_sources(Transaction& transaction,
                                             std::span<const SourceSettings> sources) {
  Connection& connection = transaction.connection();
  const std::vector<SourceId> known = TRY(known_addresses(connection, sources));
  std::unordered_map<std::string_view, SourceId> added_now;
  std::vector<SourceAdded> outcomes;
  Parameters settings, states, topics;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (known[i] != SourceId{}) {
      outcomes.push_back({.id = known[i], .is_new = false});
      continue;
    }
    const auto [added, is_new] = added_now.try_emplace(sources[i].url);
    if (is_new) {
      added->second = SourceId{transaction.next_id()};
      const SourceState state{.due_at = transaction.now()};
      add_settings(settings, added->second, transaction.now(), sources[i]);
      add_state(states, added->second, state, sources[i].enabled);
      add_topics(topics, added->second, sources[i].topics);
      transaction.append(EventKind::SourceAdded, added->second);
    }
    outcomes.push_back({.id = added->second, .is_new = is_new});
  }
  TRY(connection.execute_many(kInsertSource, settings, kSettingsParameters));
  TRY(connection.execute_many(kInsertState, states, kStateParameters));
  TRY(put_topics(connection, topics));
  return outcomes;
}

SourceState started_afresh(const SourceState& state, Time now) {
  return {.due_at = now,
          .last_fetched_at = state.last_fetched_at,
          .last_succeeded_at = state.last_succeeded_at,
          .last_new_at = state.last_new_at,
          .articles_per_day = state.articles_per_day,
          .feed_title = state.feed_title,
          .hubs = state.hubs};
}

Result<void> start_afresh(Connection& connection, Source& source, bool enabled, Time now) {
  source.state = started_afresh(source.state, now);
  Parameters state;
  add_state(state, source.id, source.state, enabled);
  TRY(connection.execute(kUpdateState, state));
  return {};
}

Result<void> set_source(Transaction& transaction, SourceId id, const SourceSettings& settings) {
  Connection& connection = transaction.connection();
  Source source = TRY(load(connection, id));
  if (source.settings == settings) return {};
  if (source.settings.url != settings.url) {
    const auto owner = TRY(known_addresses(connection, std::span(&settings, 1)));
    if (owner[0] != SourceId{}) {
      return Error{ErrorKind::Conflict, "another source has the address " + settings.url, {}};
    }
  }
  if (source.settings.url != settings.url || source.settings.access != settings.access)
    TRY(start_afresh(connection, source, settings.enabled, transaction.now()));
  TRY(connection.execute("UPDATE source_states SET schedulable = $2 WHERE source_id = $1",
                         Parameters(id, settings.enabled && !source.state.gone)));
  Parameters parameters, topics;
  add_settings(parameters, id, source.added_at, settings);
  TRY(connection.execute(kUpdateSource, parameters));
  TRY(connection.execute("DELETE FROM source_topics WHERE source_id = $1", Parameters(id)));
  add_topics(topics, id, settings.topics);
  TRY(put_topics(connection, topics));
  transaction.append(EventKind::SourceChanged, id);
  return {};
}

Result<void> revive_source(Transaction& transaction, SourceId id) {
  Connection& connection = transaction.connection();
  Source source = TRY(load(connection, id));
  source.settings.enabled = true;
  TRY(start_afresh(connection, source, true, transaction.now()));
  Parameters settings;
  add_settings(settings, id, source.added_at, source.settings);
  TRY(connection.execute(kUpdateSource, settings));
  transaction.append(EventKind::SourceChanged, id);
  return {};
}

Result<void> remove_source(Transaction& transaction, SourceId id) {
  Connection& connection = transaction.connection();
  const Rows rows = TRY(connection.execute("DELETE FROM sources WHERE id = $1", Parameters(id)));
  if (rows.affected() == 0) return missing(id);
  // Nothing comes for this id any more, so that what it has brought need not be known.
  for (const std::string_view statement : {"DELETE FROM source_states WHERE source_id = $1",
                                           "DELETE FROM source_topics WHERE source_id = $1",
                                           "DELETE FROM article_identities WHERE source_id = $1"}) {
    TRY(connection.execute(statement, Parameters(id)));
  }
  transaction.append(EventKind::SourceRemoved, id);
  return {};
}

class SqlSourceStore final : public SourceStore {
 public:
  explicit SqlSourceStore(Database& database) : database_(database) {}

  Result<std::vector<SourceAdded>> add(std::span<const SourceSettings> sources) override {
    std::vector<SourceSettings> storable;
    storable.reserve(sources.size());
    for (const SourceSettings& settings : sources) storable.push_back(storable_settings(settings));
    return database_.write(
        [&](Transaction& transaction) { return add_sources(transaction, storable); });
  }

  Result<void> set(SourceId id, const SourceSettings& settings) override {
    const SourceSettings storable = storable_settings(settings);
    return database_.write(
        [&](Transaction& transaction) { return set_source(transaction, id, storable); });
  }

  Result<void> revive(SourceId id) override {
    return database_.write(
        [&](Transaction& transaction) { return revive_source(transaction, id); });
  }

  Result<bool> reseal_access(SourceId id, const std::string& before,
                             const std::string& sealed) override {
    return database_.write([&](Transaction& transaction) -> Result<bool> {
      const Rows rows = TRY(transaction.connection().execute(
          "UPDATE sources SET access = $3 WHERE id = $1 AND access = $2",
          Parameters(id, before, sealed)));
      return rows.affected() > 0;
    });
  }

  Result<void> remove(SourceId id) override {
    return database_.write(
        [&](Transaction& transaction) { return remove_source(transaction, id); });
  }

  Result<Source> get(SourceId id) const override {
    return database_.read([&](Connection& connection) { return load(connection, id); });
  }

  Result<Source> find_by_url(const std::string& url) const override {
    return database_.read([&](Connection& connection) -> Result<Source> {
      static const std::string kSelect = select_source("WHERE s.url_hash = $1 AND s.url = $2");
      const Hash128 hash = hash128(url);
      const Rows rows = TRY(connection.execute(kSelect, Parameters(hash, url)));
      if (rows.empty()) return not_found("no source has the address " + url);
      return read_source(rows[0]);
    });
  }

  Result<std::vector<Source>> find(const SourceQuery& query) const override {
    // Sources are few: each filter that is left open costs a comparison, not an index.
    static const std::string kSelect = select_source(
        "WHERE s.id > $1 AND ($2 = '' OR s.language = $2 OR (s.language > $3 AND s.language < $4)) "
        "AND ($5 = '' OR s.country = $5) AND ($6 = 1 OR EXISTS (SELECT 1 FROM source_topics o "
        "WHERE o.topic_hash = $7 AND o.source_id = s.id)) AND ($8 = 1 OR s.enabled = $9) "
        "ORDER BY s.id LIMIT $10");
    return database_.read([&](Connection& connection) {
      const bool is_exact = query.language.empty() || query.language.find('-') != std::string::npos;
      const Hash128 topic = hash128(query.topic);
      Parameters parameters(query.after.value_or(SourceId{}), query.language);
      parameters.add(parameters.keep(is_exact ? "" : query.language + "-"));
      parameters.add(parameters.keep(is_exact ? "" : query.language + "."));
      parameters.add(query.country, query.topic.empty(), topic, !query.enabled,
                     query.enabled.value_or(true), std::clamp<std::size_t>(query.limit, 1, 10'000));
      return read_sources(connection.execute(kSelect, parameters));
    });
  }

  Result<std::vector<Source>> claim_due(Time now, std::size_t limit, const std::string& owner,
                                        Time lease_until) override {
    static const std::string kSelect = select_source(kWhereDue);
    return database_.write([&](Transaction& transaction) -> Result<std::vector<Source>> {
      Connection& connection = transaction.connection();
      auto sources = TRY(read_sources(connection.execute(kSelect, Parameters(now, limit))));
      Parameters lists;
      for (const Source& source : sources) lists.add(source.id, owner, lease_until);
      TRY(connection.execute_many(
          "UPDATE source_states SET lease_owner = $2, lease_until = $3 WHERE source_id = $1", lists,
          3));
      return sources;
    });
  }

  Result<void> release(const std::string& owner) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(transaction.connection().execute(
          "UPDATE source_states SET lease_owner = '', lease_until = 0 WHERE lease_owner = $1",
          Parameters(owner)));
      return {};
    });
  }

  Result<std::optional<Time>> next_due() const override {
    return database_.read([&](Connection& connection) -> Result<std::optional<Time>> {
      const Rows rows = TRY(connection.execute(
          "SELECT due_at FROM source_states WHERE schedulable = 1 AND lease_until <= $1 "
          "ORDER BY due_at LIMIT 1",
          Parameters(database_.clock().now())));
      if (rows.empty()) return std::optional<Time>();
      return std::optional<Time>(rows[0].time(0));
    });
  }

  Result<void> make_due(std::span<const SourceId> ids, Time now) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      Connection& connection = transaction.connection();
      if (ids.empty()) {
        TRY(connection.execute("UPDATE source_states SET due_at = $1 WHERE due_at > $1",
                               Parameters(now)));
        return {};
      }
      Parameters lists;
      for (const SourceId id : ids) lists.add(now, id);
      TRY(connection.execute_many(
          "UPDATE source_states SET due_at = $1 WHERE due_at > $1 AND source_id = $2", lists, 2));
      return {};
    });
  }

 private:
  Database& database_;
};

}  // namespace

std::unique_ptr<SourceStore> make_source_store(Database& database) {
  return std::make_unique<SqlSourceStore>(database);
}

}  // namespace tidings::sql
