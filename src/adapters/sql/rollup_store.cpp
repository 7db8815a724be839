#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"

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

  Result<void> add(std::span<const HourlyCount> counts, const CursorMove& move) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(sql::advance(transaction, move));
      Parameters lists;
      std::string buffer;
      for (const HourlyCount& count : counts) {
        const std::string_view language = storable_tag(count.language, buffer);
        lists.add(count.hour, count.source_id, lists.keep(std::string(language)), count.articles);
      }
      TRY(transaction.connection().execute_many(
          "INSERT INTO hourly_counts (hour, source_id, language, articles) VALUES ($1, $2, $3, $4) "
          "ON CONFLICT (hour, source_id, language) "
          "DO UPDATE SET articles = hourly_counts.articles + excluded.articles",
          lists, 4));
      return {};
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
