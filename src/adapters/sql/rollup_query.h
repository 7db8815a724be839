// What rollups say of a time.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "adapters/sql/connection.h"
#include "core/result.h"
#include "ports/rollup_store.h"

namespace tidings::sql {

// As RollupStore::series() and top() say.
Result<std::vector<Bucket>> rollup_series(Connection& connection,
                                          std::optional<Dimension> dimension,
                                          std::string_view value, std::span<const Time> boundaries);
Result<std::vector<NamedCounts>> rollup_top(Connection& connection, Dimension dimension,
                                            std::span<const Time> boundaries, std::size_t limit);

}  // namespace tidings::sql
