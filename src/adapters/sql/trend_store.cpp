#include "ports/trend_store.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"
#include "adapters/sql/text_list.h"
#include "core/strings.h"

namespace tidings::sql {
namespace {

std::string encode_articles(const std::vector<ArticleId>& articles) {
  std::vector<std::string> texts;
  texts.reserve(articles.size());
  for (const ArticleId id : articles) texts.push_back(to_text(id));
  return encode_list(texts);
}

std::vector<ArticleId> decode_articles(std::string_view json) {
  std::vector<ArticleId> articles;
  ListReader list(json);
  while (const auto text = list.next()) {
    if (const auto id = parse_id<ArticleId>(*text)) articles.push_back(*id);
  }
  return articles;
}

Result<RisingKey> read_key(const Row& row) {
  const std::int64_t kind = row.integer(2);
  if (kind < 0 || kind >= static_cast<std::int64_t>(kTrendKinds))
    return corrupt("a trend of no kind is stored");
  return RisingKey{
      .key = {.kind = static_cast<TrendKind>(kind), .key = row.string(3), .label = row.string(4)},
      .rise = {.window = std::chrono::minutes(row.integer(5)),
               .count = static_cast<int>(row.integer(6)),
               .expected = row.real(7),
               .discounted = row.real(8),
               .publishers = static_cast<int>(row.integer(9)),
               .log10_p = row.real(10)},
      .since = row.time(11),
      .peak_count = static_cast<int>(row.integer(12)),
      .peak_at = row.time(13)};
}

void add_key(Parameters& rows, TrendId trend, std::size_t place, const RisingKey& key) {
  rows.add(trend, place, key.key.kind, key.key.key, key.key.label, key.rise.window.count(),
           key.rise.count, key.rise.expected, key.rise.discounted, key.rise.publishers,
           key.rise.log10_p, key.since, key.peak_count, key.peak_at);
}

// Every trend, or one.
Result<std::vector<CurrentTrend>> read_trends(Connection& connection, TrendId only) {
  std::vector<CurrentTrend> trends;
  std::map<TrendId, std::size_t> places;
  for (const Row row : TRY(connection.execute(
           "SELECT id, since, told, ended_at, articles FROM trends WHERE $1 = 0 OR id = $1 "
           "ORDER BY place",
           Parameters(only)))) {
    const TrendId id{row.integer(0)};
    places[id] = trends.size();
    trends.push_back({.id = id, .since = row.time(1), .is_told = row.integer(2) != 0});
    if (!row.is_null(3)) trends.back().ended_at = row.time(3);
    trends.back().trend.articles = decode_articles(row.text(4));
  }
  for (const Row row : TRY(connection.execute(
           "SELECT trend_id, place, kind, name, label, window_minutes, articles, expected, "
           "discounted, publishers, log10_p, since, peak_articles, peak_at FROM trend_keys "
           "WHERE $1 = 0 OR trend_id = $1 ORDER BY trend_id, place",
           Parameters(only)))) {
    const auto place = places.find(TrendId(row.integer(0)));
    if (place == places.end()) continue;
    Trend& trend = trends[place->second].trend;
    RisingKey key = TRY(read_key(row));
    if (row.integer(1) == 0) {
      trend.head = std::move(key);
    } else {
      trend.related.push_back(std::move(key));
    }
  }
  return trends;
}

class SqlTrendStore final : public TrendStore {
 public:
  explicit SqlTrendStore(Database& database) : database_(database) {}

  Result<TrendList> replace(const TrendStep& step, const CursorMove& move) override {
    return database_.write([&](Transaction& transaction) -> Result<TrendList> {
      const Rows taken = TRY(transaction.connection().execute(
          "UPDATE trend_state SET version = version + 1, since = $2, as_of = $3, is_warm = $4 "
          "WHERE id = 1 AND version = $1",
          Parameters(step.version, step.since, step.as_of, step.is_warm ? 1 : 0)));
      if (taken.affected() != 1) return trends_moved_on();
      TRY(sql::advance(transaction, move));
      TrendList list{.version = step.version + 1,
                     .since = step.since,
                     .as_of = step.as_of,
                     .is_warm = step.is_warm,
                     .trends = step.trends};
      for (CurrentTrend& one : list.trends) {
        if (one.id != TrendId{}) continue;
        one.id = TrendId(transaction.next_id());
        if (one.is_told) tell(transaction, EventKind::TrendRose, one.id, one.since);
      }
      for (const TrendId id : step.over) tell(transaction, EventKind::TrendOver, id, step.as_of);
      TRY(write(transaction.connection(), list.trends));
      return list;
    });
  }

  // One statement's view each would let a list change between them: the version tells.
  Result<TrendList> list() const override {
    return database_.read([&](Connection& connection) -> Result<TrendList> {
      TrendList list = TRY(read_state(connection));
      for (int i = 0; i < kReadingsMax; ++i) {
        list.trends = TRY(read_trends(connection, TrendId{}));
        TrendList after = TRY(read_state(connection));
        if (after.version == list.version) return list;
        list = std::move(after);
      }
      return unavailable("the list of trends changes all the time");
    });
  }

  Result<CurrentTrend> get(TrendId id) const override {
    return database_.read([&](Connection& connection) -> Result<CurrentTrend> {
      std::vector<CurrentTrend> found = TRY(read_trends(connection, id));
      if (found.empty() || id == TrendId{}) return no_such_trend(id);
      return std::move(found.front());
    });
  }

  Result<TrendCheckpoint> checkpoint() const override {
    return database_.read([&](Connection& connection) -> Result<TrendCheckpoint> {
      const Rows rows = TRY(connection.execute(
          "SELECT checkpoint, checkpoint_cursor FROM trend_state WHERE id = 1", Parameters()));
      if (rows.empty()) return corrupt("the state of trends is missing");
      return TrendCheckpoint{.key = rows[0].string(0), .cursor = EventSequence(rows[0].integer(1))};
    });
  }

  Result<void> set_checkpoint(const TrendCheckpoint& checkpoint) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      const Rows rows = TRY(transaction.connection().execute(
          "UPDATE trend_state SET checkpoint = $1, checkpoint_cursor = $2 "
          "WHERE id = 1 AND checkpoint_cursor <= $2",
          Parameters(checkpoint.key, checkpoint.cursor)));
      if (rows.affected() != 1) return later_trend_checkpoint();
      return {};
    });
  }

 private:
  static constexpr int kReadingsMax = 5;

  static void tell(Transaction& transaction, EventKind kind, TrendId id, Time since) {
    transaction.append(kind, Event{.subject = to_int(id), .published = since});
  }

  static Result<TrendList> read_state(Connection& connection) {
    const Rows rows = TRY(connection.execute(
        "SELECT version, since, as_of, is_warm FROM trend_state WHERE id = 1", Parameters()));
    if (rows.empty()) return corrupt("the state of trends is missing");
    return TrendList{.version = rows[0].integer(0),
                     .since = rows[0].time(1),
                     .as_of = rows[0].time(2),
                     .is_warm = rows[0].integer(3) != 0};
  }

  static Result<void> write(Connection& connection, const std::vector<CurrentTrend>& trends) {
    TRY(connection.execute("DELETE FROM trend_keys", Parameters()));
    TRY(connection.execute("DELETE FROM trends", Parameters()));
    if (trends.empty()) return {};
    Parameters rows, keys;
    for (std::size_t i = 0; i < trends.size(); ++i) {
      const CurrentTrend& one = trends[i];
      rows.add(one.id, i, one.since, one.is_told ? 1 : 0, one.ended_at,
               rows.keep(encode_articles(one.trend.articles)));
      add_key(keys, one.id, 0, one.trend.head);
      for (std::size_t k = 0; k < one.trend.related.size(); ++k)
        add_key(keys, one.id, k + 1, one.trend.related[k]);
    }
    TRY(
        connection.execute_many("INSERT INTO trends (id, place, since, told, ended_at, articles) "
                                "VALUES ($1, $2, $3, $4, $5, $6)",
                                rows, 6));
    TRY(connection.execute_many(
        "INSERT INTO trend_keys (trend_id, place, kind, name, label, window_minutes, articles, "
        "expected, discounted, publishers, log10_p, since, peak_articles, peak_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        keys, 14));
    return {};
  }

  Database& database_;
};

}  // namespace

std::unique_ptr<TrendStore> make_trend_store(Database& database) {
  return std::make_unique<SqlTrendStore>(database);
}

}  // namespace tidings::sql
