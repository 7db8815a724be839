#include "adapters/sql/article_writer.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "adapters/sql/article_rows.h"
#include "adapters/sql/body_codec.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

constexpr std::int32_t kRevisionsKept = 10;

// A new article takes its keys over from what they led to before.
void add_identities(Parameters& identities, const Item& item, ArticleId id) {
  const std::size_t count = std::min(key_count(*item.article), kIdentitiesKept);
  for (std::size_t rank = 0; rank < count; ++rank) {
    identities.add(item.source_id, key_of(*item.article, rank), id,
                   std::bit_cast<std::int64_t>(item.article->content_hash));
  }
}

void announce(Transaction& transaction, EventKind kind, const StoredFields& fields,
              std::string_view language) {
  std::string buffer;
  transaction.append(kind, {.subject = to_int(fields.id),
                            .source_id = fields.source_id,
                            .language = std::string(storable_tag(language, buffer)),
                            .published = fields.published});
}

}  // namespace

std::size_t key_count(const NewArticle& article) {
  return 1 + article.aliases.size();
}

const Hash128& key_of(const NewArticle& article, std::size_t rank) {
  return rank == 0 ? article.identity : article.aliases[rank - 1];
}

Result<void> ArticleWriter::add(std::span<const Item> additions) {
  if (additions.empty()) return {};
  Parameters identities, articles, bodies, pages;
  for (const Item& item : additions) {
    const ArticleSummary& summary = item.article->article.summary;
    const ArticleId id{transaction_.next_id()};
    const StoredFields fields{.id = id,
                              .source_id = item.source_id,
                              .published = std::min(summary.published, transaction_.now()),
                              .added_at = transaction_.now()};
    add_identities(identities, item, id);
    add_article(articles, fields, summary);
    add_body(bodies, id, item.article->article.body);
    announce(transaction_, EventKind::ArticleAdded, fields, summary.language);
    want_page(pages, item, id);
    item.outcome->added.push_back(id);
  }
  transaction_.count_articles(static_cast<std::int64_t>(additions.size()));
  TRY(connection_.execute_many(
      "INSERT INTO article_identities (source_id, identity, article_id, content_hash) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (source_id, identity) DO UPDATE "
      "SET article_id = excluded.article_id, content_hash = excluded.content_hash",
      identities, 4));
  TRY(connection_.execute_many(kInsertArticle, articles, kArticleParameters));
  TRY(put_bodies(bodies));
  TRY(put_pages(pages));
  return {};
}

void ArticleWriter::add_body(Parameters& bodies, ArticleId id, const ArticleBody& body) {
  std::string bytes = encode_body(body);
  if (bytes.empty()) return;
  transaction_.count_body_bytes(static_cast<std::int64_t>(bytes.size()));
  const std::size_t size = bytes.size();
  bodies.add(id, size, Blob{bodies.keep(std::move(bytes))});
}

Result<void> ArticleWriter::put_bodies(const Parameters& bodies) {
  TRY(connection_.execute_many(
      "INSERT INTO article_bodies (article_id, size_bytes, content) VALUES ($1, $2, $3)", bodies,
      3));
  return {};
}

void ArticleWriter::want_page(Parameters& pages, const Item& item, ArticleId id) const {
  const ArticleSummary& summary = item.article->article.summary;
  if (!item.article->wants_page || summary.url.empty()) return;
  pages.add(id, item.source_id, summary.url, transaction_.now());
}

// An edit has its page read afresh.
Result<void> ArticleWriter::put_pages(const Parameters& pages) {
  if (pages.empty()) return {};
  TRY(connection_.execute_many(
      "INSERT INTO page_jobs (article_id, source_id, url, due_at, attempts, lease_owner, "
      "lease_until) VALUES ($1, $2, $3, $4, 0, '', 0) ON CONFLICT (article_id) DO UPDATE SET "
      "url = excluded.url, due_at = excluded.due_at, attempts = 0",
      pages, 4));
  return {};
}

Result<void> ArticleWriter::edit(std::span<const Change> edits) {
  for (const Change& change : edits) TRY(edit_one(change));
  return {};
}

// Edits are few, so they go one by one.
Result<void> ArticleWriter::edit_one(const Change& change) {
  const Rows rows = TRY(connection_.execute(
      "SELECT a.published, a.added_at, a.revision, a.title, a.url, b.content, b.size_bytes "
      "FROM articles a LEFT JOIN article_bodies b ON b.article_id = a.id WHERE a.id = $1",
      Parameters(change.id)));
  if (rows.empty()) return corrupt("an article vanished while it was edited");
  const Row before = rows[0];
  const ArticleSummary& summary = change.item.article->article.summary;
  const StoredFields fields{.id = change.id,
                            .source_id = change.item.source_id,
                            .published = before.time(0),
                            .added_at = before.time(1),
                            .revision = static_cast<std::int32_t>(before.integer(2)) + 1};
  TRY(keep_revision(change.id, before));
  TRY(keep_identities(change));
  Parameters article, body, pages;
  add_article(article, fields, summary);
  TRY(connection_.execute(kUpdateArticle, article));
  TRY(connection_.execute("DELETE FROM article_bodies WHERE article_id = $1",
                          Parameters(change.id)));
  transaction_.count_body_bytes(-before.integer(6));
  add_body(body, change.id, change.item.article->article.body);
  TRY(put_bodies(body));
  announce(transaction_, EventKind::ArticleEdited, fields, summary.language);
  want_page(pages, change.item, change.id);
  TRY(put_pages(pages));
  change.item.outcome->edited.push_back(change.id);
  return {};
}

// The keys that it had learn what it says now; those that it lacked become its own.
Result<void> ArticleWriter::keep_identities(const Change& change) {
  Parameters kept, others;
  const NewArticle& article = *change.item.article;
  add_identities(kept, change.item, change.id);
  for (std::size_t rank = kIdentitiesKept; rank < key_count(article); ++rank) {
    others.add(change.item.source_id, key_of(article, rank), change.id,
               std::bit_cast<std::int64_t>(article.content_hash));
  }
  TRY(connection_.execute_many(
      "INSERT INTO article_identities (source_id, identity, article_id, content_hash) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (source_id, identity) DO UPDATE "
      "SET content_hash = excluded.content_hash "
      "WHERE article_identities.article_id = excluded.article_id",
      kept, 4));
  if (others.empty()) return {};
  TRY(
      connection_.execute_many("UPDATE article_identities SET content_hash = $4 "
                               "WHERE source_id = $1 AND identity = $2 AND article_id = $3",
                               others, 4));
  return {};
}

Result<void> ArticleWriter::keep_revision(ArticleId id, const Row& before) {
  const std::int64_t revision = before.integer(2);
  TRY(connection_.execute(
      "INSERT INTO article_revisions (article_id, revision, replaced_at, title, url, content) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      Parameters(id, revision, transaction_.now(), before.text(3), before.text(4),
                 Blob{before.text(5)})));
  transaction_.count_body_bytes(static_cast<std::int64_t>(before.text(5).size()));
  const Rows gone = TRY(
      connection_.execute("DELETE FROM article_revisions WHERE article_id = $1 AND revision <= $2 "
                          "RETURNING CAST(length(content) AS BIGINT)",
                          Parameters(id, revision - kRevisionsKept)));
  for (const Row row : gone) transaction_.count_body_bytes(-row.integer(0));
  return {};
}

}  // namespace tidings::sql
