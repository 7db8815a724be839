// Refreshes on their way into the database, inside one transaction.
#pragma once

#include <span>
#include <vector>

#include "adapters/sql/database.h"
#include "core/result.h"
#include "ports/article_store.h"

namespace tidings::sql {

// As ArticleStore::ingest() says.
Result<std::vector<IngestOutcome>> ingest(Transaction& transaction,
                                          std::span<const IngestBatch> batches);

}  // namespace tidings::sql
