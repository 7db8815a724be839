// Makes rollups of old days coarser, inside one transaction.
#pragma once

#include <cstddef>

#include "adapters/sql/database.h"
#include "core/result.h"
#include "ports/rollup_store.h"

namespace tidings::sql {

// As RollupStore::fold() says.
Result<std::size_t> fold_rollups(Transaction& transaction, const RollupFold& fold);

}  // namespace tidings::sql
