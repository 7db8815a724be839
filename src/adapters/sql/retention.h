// What leaves the database, inside one transaction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "adapters/sql/database.h"
#include "core/result.h"
#include "ports/article_store.h"

namespace tidings::sql {

enum class RemovedBy : std::uint8_t {
  Owner,      // rollups take it back when they hear of it
  Retention,  // it stays counted
};

// Removes the articles that are there, with their bodies and revisions, and says so in the event
// log. Their identities stay: what was deleted does not come back. Returns how many there were.
Result<std::size_t> remove_articles(Transaction& transaction, std::span<const ArticleId> ids,
                                    RemovedBy by);

// As ArticleStore::apply_retention() says.
Result<RetentionOutcome> apply_retention(Transaction& transaction, const RetentionRequest& request);

}  // namespace tidings::sql
