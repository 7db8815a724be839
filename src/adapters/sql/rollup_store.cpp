#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"
#include "adapters/sql/rollup_fold.h"
#include "adapters/sql/rollup_query.h"
#include "adapters/sql/rollup_rows.h"
#include "adapters/sql/rollup_writer.h"

namespace tidings::sql {
namespace {

// $1 to $7: the window, the source (or any), the language (or any) and, for a primary subtag, the
// bounds of its regions.
constexpr std::string_view kWindow =
    " FROM hourly_counts WHERE hour >= $1 AND hour < $2 AND ($3 = 1 OR source_id = $4) "
    "AND ($5 = '' OR language = $5 OR (language > $6 AND language < $7)) ";

class SqlRollupStore final : public RollupStore {
 public:
  explicit SqlRollupStore(Database& database) : database_(database) {}

  Result<void> apply(const RollupStep& step, const CursorMove& move) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(sql::advance(transaction, move));
      TRY(add_arrivals(transaction, step.arrived));
      if (step.articles.empty() && step.removed.empty()) return {};
      RollupWriter writer = TRY(RollupWriter::begin(transaction));
      TRY(writer.count(step.articles, IfCounted::Replace));
      TRY(writer.take_back(step.removed));
      return writer.write();
    });
  }

  Result<void> fill(std::span<const RolledArticle> articles, ArticleId from,
                    std::optional<ArticleId> to) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      const Rows rows = TRY(transaction.connection().execute(
          "UPDATE rollup_state SET filled_to = $2 WHERE id = 1 AND filled_to = $1",
          Parameters(from, to)));
      if (rows.affected() == 0)
        return Error{ErrorKind::Conflict, "another process filled the rollups", {}};
      RollupWriter writer = TRY(RollupWriter::begin(transaction));
      TRY(writer.count(articles, IfCounted::PassOver));
      return writer.write();
    });
  }

  Result<std::size_t> fold(const RollupFold& fold) override {
    return database_.write(
        [&](Transaction& transaction) { return fold_rollups(transaction, fold); });
  }

  Result<RollupState> state() const override {
    return database_.read([](Connection& connection) -> Result<RollupState> {
      const RollupLedger ledger = TRY(read_rollup_ledger(connection));
      return RollupState{.filled_to = ledger.filled_to,
                         .removed_before = ledger.removed_before,
                         .hours_before = time_of_hour(ledger.hours_before),
                         .singles_before = time_of_hour(ledger.singles_before)};
    });
  }

  Result<std::vector<Bucket>> series(std::optional<Dimension> dimension, std::string_view value,
                                     std::span<const Time> boundaries) const override {
    return database_.read([&](Connection& connection) {
      return rollup_series(connection, dimension, value, boundaries);
    });
  }

  Result<std::vector<NamedCounts>> top(Dimension dimension, std::span<const Time> boundaries,
                                       std::size_t limit) const override {
    return database_.read([&](Connection& connection) {
      return rollup_top(connection, dimension, boundaries, limit);
    });
  }

  Result<std::vector<HourlyCount>> per_hour(const HourlyQuery& query) const override {
    static const std::string kSelect = "SELECT hour, CAST(SUM(articles) AS BIGINT)" +
                                       std::string(kWindow) + "GROUP BY hour ORDER BY hour";
    return ask(query, kSelect, {}, [&](const Row& row) {
      return HourlyCount{.hour = row.time(0),
                         .source_id = query.source_id.value_or(SourceId{}),
                         .language = query.language,
                         .articles = row.integer(1)};
    });
  }

  Result<std::vector<HourlyCount>> top_sources(const HourlyQuery& query,
                                               std::size_t limit) const override {
    static const std::string kSelect = "SELECT source_id, CAST(SUM(articles) AS BIGINT) AS total" +
                                       std::string(kWindow) +
                                       "GROUP BY source_id ORDER BY total DESC, source_id LIMIT $8";
    return ask(query, kSelect, limit, [&](const Row& row) {
      return HourlyCount{
          .hour = query.since, .source_id = SourceId(row.integer(0)), .articles = row.integer(1)};
    });
  }

  Result<std::vector<HourlyCount>> top_languages(const HourlyQuery& query,
                                                 std::size_t limit) const override {
    static const std::string kSelect = "SELECT language, CAST(SUM(articles) AS BIGINT) AS total" +
                                       std::string(kWindow) +
                                       "GROUP BY language ORDER BY total DESC, language LIMIT $8";
    return ask(query, kSelect, limit, [&](const Row& row) {
      return HourlyCount{
          .hour = query.since, .language = row.string(0), .articles = row.integer(1)};
    });
  }

 private:
  static Result<void> add_arrivals(Transaction& transaction, std::span<const HourlyCount> arrived) {
    Parameters lists;
    std::string buffer;
    for (const HourlyCount& count : arrived) {
      const std::string_view language = storable_tag(count.language, buffer);
      lists.add(count.hour, count.source_id, lists.keep(std::string(language)), count.articles);
    }
    TRY(transaction.connection().execute_many(
        "INSERT INTO hourly_counts (hour, source_id, language, articles) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (hour, source_id, language) "
        "DO UPDATE SET articles = hourly_counts.articles + excluded.articles",
        lists, 4));
    return {};
  }

  template <class Read>
  Result<std::vector<HourlyCount>> ask(const HourlyQuery& query, const std::string& statement,
                                       std::optional<std::size_t> limit, Read read_row) const {
    return database_.read([&](Connection& connection) -> Result<std::vector<HourlyCount>> {
      const bool is_exact = query.language.empty() || query.language.find('-') != std::string::npos;
      Parameters parameters(query.since, query.until, !query.source_id,
                            query.source_id.value_or(SourceId{}), query.language);
      // '.' comes right after '-': between them lie the regions of "pt".
      parameters.add(parameters.keep(is_exact ? "" : query.language + "-"));
      parameters.add(parameters.keep(is_exact ? "" : query.language + "."));
      if (limit) parameters.add(*limit);
      const Rows rows = TRY(connection.execute(statement, parameters));
      std::vector<HourlyCount> counts;
      for (const Row row : rows) counts.push_back(read_row(row));
      return counts;
    });
  }

  Database& database_;
};

}  // namespace

std::unique_ptr<RollupStore> make_rollup_store(Database& database) {
  return std::make_unique<SqlRollupStore>(database);
}

}  // namespace tidings::sql
