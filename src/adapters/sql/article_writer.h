// Writes what an ingest found to be new or changed.
#pragma once

#include <cstddef>
#include <span>

#include "adapters/sql/database.h"
#include "core/hash.h"
#include "core/result.h"
#include "ports/article_store.h"

namespace tidings::sql {

// An article with the batch that it came in.
struct Item {
  const NewArticle* article;
  SourceId source_id;
  IngestOutcome* outcome;
};

struct Change {
  Item item;
  ArticleId id;
};

// Of an article's keys its identity is the first, then come the aliases.
std::size_t key_count(const NewArticle& article);
const Hash128& key_of(const NewArticle& article, std::size_t rank);

class ArticleWriter {
 public:
  explicit ArticleWriter(Transaction& transaction)
      : transaction_(transaction), connection_(transaction.connection()) {}

  Result<void> add(std::span<const Item> additions);
  Result<void> edit(std::span<const Change> edits);

 private:
  Result<void> edit_one(const Change& change);
  Result<void> keep_identities(const Change& change);
  Result<void> keep_revision(ArticleId id, const Row& before);
  void add_body(Parameters& bodies, ArticleId id, const ArticleBody& body);
  Result<void> put_bodies(const Parameters& bodies);
  void want_page(Parameters& pages, const Item& item, ArticleId id) const;
  Result<void> put_pages(const Parameters& pages);

  Transaction& transaction_;
  Connection& connection_;
};

}  // namespace tidings::sql
