// The schema, version by version.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "adapters/sql/connection.h"
#include "core/result.h"
#include "core/time.h"

namespace tidings::sql {

struct Migration {
  std::int64_t version = 0;  // 1, 2, 3, … without gaps
  std::string_view script;   // {id}, {text}, {blob} and {without_rowid} stand for the dialect's
};

// All that this program knows, in order.
std::span<const Migration> migrations();

// Brings the schema up to the last of `known`, each version in a transaction of its own: an
// interrupted start goes on where it was. Several processes may do this together. InvalidInput when
// the schema is newer.
Result<void> migrate(Connection& connection, std::span<const Migration> known, const Clock& clock);

}  // namespace tidings::sql
