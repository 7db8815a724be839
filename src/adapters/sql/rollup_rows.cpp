#include "adapters/sql/rollup_rows.h"

#include <chrono>

#include "core/hash.h"

namespace tidings::sql {
namespace {

constexpr std::int64_t kHoursOfDay = 24;

}  // namespace

std::int64_t hour_of(Time time) {
  return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

Time time_of_hour(std::int64_t hour) {
  return Time(std::chrono::hours(hour));
}

std::int64_t day_of_hour(std::int64_t hour) {
  const std::int64_t into_day = hour % kHoursOfDay;
  return hour - (into_day < 0 ? into_day + kHoursOfDay : into_day);
}

std::int64_t hash_of_value(Dimension dimension, std::string_view value) {
  const auto tag = static_cast<char>('a' + static_cast<int>(dimension));
  return static_cast<std::int64_t>(hash64(std::string(1, tag).append(value)));
}

Result<RollupLedger> read_rollup_ledger(Connection& connection) {
  const Rows rows = TRY(connection.execute(
      "SELECT names, filled_to, removed_before, hours_before, singles_before FROM rollup_state "
      "WHERE id = 1",
      Parameters()));
  if (rows.empty()) return corrupt("the state of the rollups is missing");
  const Row row = rows[0];
  RollupLedger ledger{
      .names = row.integer(0), .hours_before = row.integer(3), .singles_before = row.integer(4)};
  if (!row.is_null(1)) ledger.filled_to = ArticleId(row.integer(1));
  if (!row.is_null(2)) ledger.removed_before = row.time(2);
  return ledger;
}

std::string encode_name_ids(const std::vector<std::int64_t>& ids) {
  std::string bytes;
  std::int64_t last = 0;
  for (const std::int64_t id : ids) {
    auto rest = static_cast<std::uint64_t>(id - last);
    for (; rest >= 0x80; rest >>= 7) bytes += static_cast<char>(rest | 0x80);
    bytes += static_cast<char>(rest);
    last = id;
  }
  return bytes;
}

Result<std::vector<std::int64_t>> decode_name_ids(std::string_view bytes) {
  std::vector<std::int64_t> ids;
  std::uint64_t last = 0, difference = 0;
  int shift = 0;
  for (const char byte : bytes) {
    const auto bits = static_cast<unsigned char>(byte);
    if (shift > 56) return corrupt("what was counted of an article cannot be read");
    difference |= static_cast<std::uint64_t>(bits & 0x7F) << shift;
    shift += 7;
    if ((bits & 0x80) != 0) continue;
    last += difference;
    ids.push_back(static_cast<std::int64_t>(last));
    difference = 0;
    shift = 0;
  }
  if (shift != 0) return corrupt("what was counted of an article ends too soon");
  return ids;
}

}  // namespace tidings::sql
