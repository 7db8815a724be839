#include "adapters/sql/rollup_fold.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "adapters/sql/rollup_rows.h"

namespace tidings::sql {
namespace {

constexpr std::array kByDay = {Dimension::Source, Dimension::Publisher, Dimension::Entity,
                               Dimension::Place};
constexpr std::array kRare = {Dimension::Entity, Dimension::Place};

class Folding {
 public:
  explicit Folding(Connection& connection) : connection_(connection) {}

  std::size_t rows() const { return rows_; }

  // From day to day of those that have rows: `fold_day(dimension, day)`, up to `until`. Returns how
  // far it came.
  template <class FoldDay>
  Result<std::int64_t> each_day(std::span<const Dimension> dimensions, std::int64_t since,
                                std::int64_t until, std::size_t rows_max, FoldDay fold_day) {
    while (since < until && rows_ < rows_max) {
      const std::optional<std::int64_t> next = TRY(first_hour(dimensions, since));
      if (!next || *next >= until) return until;
      const std::int64_t day = day_of_hour(*next);
      for (const Dimension dimension : dimensions) TRY(fold_day(dimension, day));
      since = day + 24;
    }
    return since;
  }

  // The hours of a day become one row.
  Result<void> merge_hours(Dimension dimension, std::int64_t day) {
    const Parameters of_day(dimension, day, day + 24);
    TRY(count(connection_.execute(
        "INSERT INTO rollups (dimension, hour, name_id, articles, toned, tone_sum) "
        "SELECT dimension, CAST($2 AS BIGINT), name_id, CAST(SUM(articles) AS BIGINT), "
        "CAST(SUM(toned) AS BIGINT), CAST(SUM(tone_sum) AS BIGINT) FROM rollups "
        "WHERE dimension = $1 AND hour > $2 AND hour < $3 GROUP BY dimension, name_id "
        "ON CONFLICT (dimension, hour, name_id) DO UPDATE SET "
        "articles = rollups.articles + excluded.articles, toned = rollups.toned + excluded.toned, "
        "tone_sum = rollups.tone_sum + excluded.tone_sum",
        of_day)));
    return count(connection_.execute(
        "DELETE FROM rollups WHERE dimension = $1 AND hour > $2 AND hour < $3", of_day));
  }

  // A name goes with its last row: no day before has one that stays, none after has any.
  Result<void> drop_singles(Dimension dimension, std::int64_t day) {
    const Parameters of_day(dimension, day);
    TRY(connection_.execute(
        "UPDATE rollup_names SET is_lasting = 1 WHERE is_lasting = 0 AND id IN (SELECT name_id "
        "FROM rollups WHERE dimension = $1 AND hour = $2 AND articles > 1)",
        of_day));
    TRY(connection_.execute(
        "DELETE FROM rollup_names WHERE is_lasting = 0 AND last_day <= $2 AND id IN (SELECT "
        "name_id FROM rollups WHERE dimension = $1 AND hour = $2 AND articles <= 1)",
        of_day));
    return count(connection_.execute(
        "DELETE FROM rollups WHERE dimension = $1 AND hour = $2 AND articles <= 1", of_day));
  }

 private:
  Result<std::optional<std::int64_t>> first_hour(std::span<const Dimension> dimensions,
                                                 std::int64_t since) {
    std::optional<std::int64_t> first;
    for (const Dimension dimension : dimensions) {
      const Rows rows =
          TRY(connection_.execute("SELECT MIN(hour) FROM rollups WHERE dimension = $1 AND "
                                  "hour >= $2",
                                  Parameters(dimension, since)));
      if (rows.empty() || rows[0].is_null(0)) continue;
      first = std::min(first.value_or(rows[0].integer(0)), rows[0].integer(0));
    }
    return first;
  }

  Result<void> count(Result<Rows> rows) {
    rows_ += static_cast<std::size_t>(TRY(std::move(rows)).affected());
    return {};
  }

  Connection& connection_;
  std::size_t rows_ = 0;
};

}  // namespace

Result<std::size_t> fold_rollups(Transaction& transaction, const RollupFold& fold) {
  const RollupLedger ledger = TRY(read_rollup_ledger(transaction.connection()));
  const std::int64_t hours_until = day_of_hour(hour_of(fold.hours_before));
  const std::int64_t singles_until = day_of_hour(hour_of(fold.singles_before));
  Folding folding(transaction.connection());
  const std::int64_t hours_before = TRY(folding.each_day(
      kByDay, ledger.hours_before, hours_until, fold.rows_max,
      [&](Dimension dimension, std::int64_t day) { return folding.merge_hours(dimension, day); }));
  const std::int64_t singles_before = TRY(folding.each_day(
      kRare, ledger.singles_before, std::min(singles_until, hours_before), fold.rows_max,
      [&](Dimension dimension, std::int64_t day) { return folding.drop_singles(dimension, day); }));
  if (hours_before != ledger.hours_before || singles_before != ledger.singles_before)
    TRY(transaction.connection().execute(
        "UPDATE rollup_state SET hours_before = $1, singles_before = $2 WHERE id = 1",
        Parameters(hours_before, singles_before)));
  return folding.rows();
}

}  // namespace tidings::sql
