#include "adapters/sql/rollup_query.h"

#include <algorithm>
#include <chrono>

#include "adapters/sql/rollup_rows.h"

namespace tidings::sql {
namespace {

// Every row of one name between two hours, found hour by hour (before $5 day by day): the table is
// in the order of time, where what is counted now lies together.
constexpr std::string_view kRowsOfName =
    "WITH RECURSIVE hours(at) AS (SELECT CAST($2 AS BIGINT) UNION ALL "
    "SELECT at + CASE WHEN at < $5 THEN 24 ELSE 1 END FROM hours "
    "WHERE at + CASE WHEN at < $5 THEN 24 ELSE 1 END < $3) "
    "SELECT r.hour, r.articles, r.toned, r.tone_sum FROM hours CROSS JOIN rollups r "
    "WHERE r.dimension = $1 AND r.hour = hours.at AND r.name_id = $4 ORDER BY r.hour";

struct Hours {
  std::int64_t since = 0, until = 0;
};

// The first hour that begins at the time or later.
std::int64_t hour_from(Time time) {
  return std::chrono::ceil<std::chrono::hours>(time).time_since_epoch().count();
}

// Of these hours, those between the first and the last that have articles.
Result<Hours> hours_of(Connection& connection, std::span<const Time> boundaries) {
  const Rows rows =
      TRY(connection.execute("SELECT (SELECT MIN(hour) FROM rollups WHERE dimension = $1), "
                             "(SELECT MAX(hour) FROM rollups WHERE dimension = $1)",
                             Parameters(kAllArticles)));
  if (rows.empty() || rows[0].is_null(0)) return Hours{};
  const std::int64_t first = day_of_hour(rows[0].integer(0)), last = rows[0].integer(1);
  return Hours{.since = std::max(hour_from(boundaries.front()), first),
               .until = std::min(hour_from(boundaries.back()), last + 1)};
}

Bucket bucket_of(const Row& row, std::size_t column) {
  return {.articles = static_cast<std::uint64_t>(row.integer(column)),
          .toned = static_cast<std::uint64_t>(row.integer(column + 1)),
          .tone_sum = row.integer(column + 2)};
}

Result<std::vector<Bucket>> series_of_name(Connection& connection, std::int64_t dimension,
                                           std::int64_t name_id, Hours hours,
                                           std::span<const Time> boundaries) {
  std::vector<Bucket> buckets(boundaries.size() - 1);
  if (hours.since >= hours.until) return buckets;
  const RollupLedger ledger = TRY(read_rollup_ledger(connection));
  const std::int64_t days_until = has_many_values(dimension) ? ledger.hours_before : hours.since;
  // A day begins with its first hour: one that begins before does not begin in this time.
  if (hours.since < days_until && day_of_hour(hours.since) < hours.since)
    hours.since = day_of_hour(hours.since) + 24;
  if (hours.since >= hours.until) return buckets;
  const Rows rows = TRY(connection.execute(
      kRowsOfName, Parameters(dimension, hours.since, hours.until, name_id, days_until)));
  for (const Row row : rows) {
    const auto after = std::ranges::upper_bound(boundaries, time_of_hour(row.integer(0)));
    if (after != boundaries.begin() && after != boundaries.end())
      buckets[static_cast<std::size_t>(after - boundaries.begin()) - 1] += bucket_of(row, 1);
  }
  return buckets;
}

}  // namespace

Result<std::vector<Bucket>> rollup_series(Connection& connection,
                                          std::optional<Dimension> dimension,
                                          std::string_view value,
                                          std::span<const Time> boundaries) {
  const Hours hours = TRY(hours_of(connection, boundaries));
  if (!dimension) return series_of_name(connection, kAllArticles, kAllArticles, hours, boundaries);
  const Rows rows = TRY(connection.execute("SELECT id FROM rollup_names WHERE hash = $1",
                                           Parameters(hash_of_value(*dimension, value))));
  if (rows.empty()) return std::vector<Bucket>();
  return series_of_name(connection, static_cast<std::int64_t>(*dimension), rows[0].integer(0),
                        hours, boundaries);
}

Result<std::vector<NamedCounts>> rollup_top(Connection& connection, Dimension dimension,
                                            std::span<const Time> boundaries, std::size_t limit) {
  const Rows rows = TRY(connection.execute(
      "SELECT t.name_id, n.name, n.text, t.articles, t.toned, t.tone_sum FROM (SELECT name_id, "
      "CAST(SUM(articles) AS BIGINT) AS articles, CAST(SUM(toned) AS BIGINT) AS toned, "
      "CAST(SUM(tone_sum) AS BIGINT) AS tone_sum FROM rollups "
      "WHERE dimension = $1 AND hour >= $2 AND hour < $3 GROUP BY name_id) t "
      "JOIN rollup_names n ON n.id = t.name_id WHERE t.articles > 0 "
      "ORDER BY t.articles DESC, n.name LIMIT $4",
      Parameters(static_cast<std::int64_t>(dimension), hour_from(boundaries.front()),
                 hour_from(boundaries.back()), limit)));
  std::vector<NamedCounts> top;
  for (const Row row : rows)
    top.push_back({.name = row.string(1), .text = row.string(2), .total = bucket_of(row, 3)});
  if (boundaries.size() == 2) return top;
  const Hours hours = TRY(hours_of(connection, boundaries));
  for (std::size_t i = 0; i < std::min(top.size(), kRolledSplitMax); ++i)
    top[i].buckets = TRY(series_of_name(connection, static_cast<std::int64_t>(dimension),
                                        rows[i].integer(0), hours, boundaries));
  return top;
}

}  // namespace tidings::sql
