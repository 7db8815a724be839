// How rollups lie in their tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sql/connection.h"
#include "core/result.h"
#include "core/time.h"
#include "ports/rollup_store.h"

namespace tidings::sql {

// Hours since 1970, UTC; a day is the hour that it begins with.
std::int64_t hour_of(Time time);
Time time_of_hour(std::int64_t hour);
std::int64_t day_of_hour(std::int64_t hour);

// A dimension is stored as its number; all articles are under one of their own. An id of a name
// tells its dimension, since what was counted of an article lists ids alone.
inline constexpr std::int64_t kAllArticles = 15;
inline constexpr std::int64_t kDimensionsStored = 16;
constexpr std::int64_t dimension_of_name(std::int64_t name_id) {
  return name_id % kDimensionsStored;
}
constexpr bool has_many_values(std::int64_t dimension) {
  return dimension != kAllArticles && tidings::has_many_values(static_cast<Dimension>(dimension));
}
constexpr bool has_rare_values(std::int64_t dimension) {
  return dimension != kAllArticles && tidings::has_rare_values(static_cast<Dimension>(dimension));
}

// Of a value, which it is found by. Two in ten million share one with a probability of 10^-5.
std::int64_t hash_of_value(Dimension dimension, std::string_view value);

struct RollupTotals {
  std::int64_t articles = 0, toned = 0, tone_sum = 0;
};

// The one row of rollup_state.
struct RollupLedger {
  std::int64_t names = 0;  // that were given out
  std::optional<ArticleId> filled_to;
  std::optional<Time> removed_before;
  std::int64_t hours_before = 0, singles_before = 0;
};
Result<RollupLedger> read_rollup_ledger(Connection& connection);

// Ascending ids of names, as differences of seven bits a byte.
std::string encode_name_ids(const std::vector<std::int64_t>& ids);
Result<std::vector<std::int64_t>> decode_name_ids(std::string_view bytes);

}  // namespace tidings::sql
