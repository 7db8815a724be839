// What leaves the database, inside one transaction.
#pragma once

#include <cstddef>
#include <span>

#include "adapters/sql/database.h"
#include "core/result.h"
#include "ports/article_store.h"

namespace tidings::sql {

// Removes the articles that are there, with their bodies and revisions, and says so in the event
// log. Their identities stay: what was deleted does not come back. Returns how many there were.
Result<std::size_t> remove_articles(Transaction& transaction, std::span<const ArticleId> ids);

// As ArticleStore::apply_retention() says.
Result<RetentionOutcome> apply_retention(Transaction& transaction, const RetentionRequest& request);

}  // namespace tidings::sql
