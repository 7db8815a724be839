#include "adapters/sql/retention.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "adapters/sql/rollup_writer.h"

namespace tidings::sql {
namespace {

// Of the article `a`: what its earlier forms take.
constexpr std::string_view kRevisionBytes =
    "SELECT COALESCE(SUM(length(r.content)), 0) FROM article_revisions r WHERE r.article_id = a.id";

// Ids grow with time, so that what was added before `time` lies below this one, or is younger by
// their sequence only.
std::int64_t first_id_at(Time time) {
  const auto unix_ms = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch();
  return next_id_after(0, unix_ms.count() + 1);
}

Result<std::vector<ArticleId>> ids_of(Result<Rows> rows) {
  const Rows found = TRY(std::move(rows));
  std::vector<ArticleId> ids;
  for (const Row row : found) ids.push_back(ArticleId(row.integer(0)));
  return ids;
}

Result<std::size_t> remove_articles_before(Transaction& transaction, Time before,
                                           std::size_t rows_max) {
  const auto ids = TRY(ids_of(transaction.connection().execute(
      "SELECT id FROM articles WHERE id < $1 AND added_at < $2 AND kept = 0 ORDER BY id LIMIT $3",
      Parameters(first_id_at(before), before, rows_max))));
  return remove_articles(transaction, ids, RemovedBy::Retention);
}

Result<std::size_t> remove_oldest_articles(Transaction& transaction, std::size_t rows_max) {
  const auto ids = TRY(ids_of(transaction.connection().execute(
      "SELECT id FROM articles WHERE kept = 0 ORDER BY id LIMIT $1", Parameters(rows_max))));
  return remove_articles(transaction, ids, RemovedBy::Retention);
}

Parameters with_nothing(std::span<const ArticleId> ids) {
  Parameters lists;
  for (const ArticleId id : ids) lists.add(id, Blob{});
  return lists;
}

// What goes of the articles found: their bodies, and those of their revisions with them.
Result<std::size_t> remove_bodies(Transaction& transaction, std::span<const ArticleId> ids,
                                  std::int64_t bytes) {
  if (ids.empty()) return std::size_t{0};
  Parameters lists;
  for (const ArticleId id : ids) lists.add(id);
  TRY(transaction.connection().execute_many(
      "UPDATE article_revisions SET content = $2 WHERE article_id = $1 AND length(content) > 0",
      with_nothing(ids), 2));
  TRY(transaction.connection().execute_many("DELETE FROM article_bodies WHERE article_id = $1",
                                            lists, 1));
  transaction.count_body_bytes(-bytes);
  return ids.size();
}

Result<std::size_t> remove_bodies_before(Transaction& transaction, Time before,
                                         std::size_t rows_max) {
  const Rows rows = TRY(transaction.connection().execute(
      "SELECT b.article_id, b.size_bytes + (" + std::string(kRevisionBytes) +
          ") FROM article_bodies b "
          "JOIN articles a ON a.id = b.article_id "
          "WHERE b.article_id < $1 AND a.added_at < $2 AND a.kept "
          "= 0 ORDER BY b.article_id LIMIT $3",
      Parameters(first_id_at(before), before, rows_max)));
  std::vector<ArticleId> ids;
  std::int64_t bytes = 0;
  for (const Row row : rows) {
    ids.push_back(ArticleId(row.integer(0)));
    bytes += row.integer(1);
  }
  return remove_bodies(transaction, ids, bytes);
}

Result<std::size_t> remove_oldest_bodies(Transaction& transaction, std::int64_t bytes_min,
                                         std::size_t rows_max) {
  const Rows rows = TRY(transaction.connection().execute(
      "SELECT b.article_id, b.size_bytes + (" + std::string(kRevisionBytes) +
          ") FROM article_bodies "
          "b JOIN articles a ON a.id = b.article_id "
          "WHERE a.kept = 0 ORDER BY b.article_id LIMIT $1",
      Parameters(rows_max)));
  std::vector<ArticleId> ids;
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < rows.size() && bytes < bytes_min; ++i) {
    ids.push_back(ArticleId(rows[i].integer(0)));
    bytes += rows[i].integer(1);
  }
  return remove_bodies(transaction, ids, bytes);
}

}  // namespace

Result<std::size_t> remove_articles(Transaction& transaction, std::span<const ArticleId> ids,
                                    RemovedBy by) {
  if (ids.empty()) return std::size_t{0};
  Connection& connection = transaction.connection();
  Parameters lists;
  for (const ArticleId id : ids) lists.add(id);
  const Rows rows = TRY(connection.execute_many(
      "SELECT a.id, a.source_id, a.language, a.published, COALESCE(b.size_bytes, 0) + (" +
          std::string(kRevisionBytes) +
          ") FROM articles a "
          "LEFT JOIN article_bodies b ON b.article_id = a.id WHERE a.id = $1",
      lists, 1));
  Time newest = Time::min();
  for (const Row row : rows) {
    newest = std::max(newest, row.time(3));
    transaction.append(EventKind::ArticleDeleted, {.subject = row.integer(0),
                                                   .source_id = SourceId(row.integer(1)),
                                                   .language = row.string(2),
                                                   .published = row.time(3)});
    transaction.count_body_bytes(-row.integer(4));
  }
  if (by == RemovedBy::Retention && !rows.empty()) TRY(forget_counted(transaction, ids, newest));
  transaction.count_articles(-static_cast<std::int64_t>(rows.size()));
  for (const std::string_view statement :
       {"DELETE FROM articles WHERE id = $1", "DELETE FROM article_bodies WHERE article_id = $1",
        "DELETE FROM article_revisions WHERE article_id = $1",
        "DELETE FROM page_jobs WHERE article_id = $1", "DELETE FROM analyses WHERE article_id = $1",
        "DELETE FROM article_terms WHERE article_id = $1",
        "DELETE FROM search_matches WHERE article_id = $1"}) {
    TRY(connection.execute_many(statement, lists, 1));
  }
  return rows.size();
}

Result<RetentionOutcome> apply_retention(Transaction& transaction,
                                         const RetentionRequest& request) {
  std::size_t articles = 0, bodies = 0;
  const auto room = [&] {
    return request.rows_max - std::min(request.rows_max, articles + bodies);
  };
  if (request.articles_before) {
    articles += TRY(remove_articles_before(transaction, *request.articles_before, room()));
  }
  if (request.articles_max && transaction.articles() > *request.articles_max) {
    const auto excess = static_cast<std::size_t>(transaction.articles() - *request.articles_max);
    articles += TRY(remove_oldest_articles(transaction, std::min(room(), excess)));
  }
  if (request.bodies_before) {
    bodies += TRY(remove_bodies_before(transaction, *request.bodies_before, room()));
  }
  if (request.body_bytes_max && transaction.body_bytes() > *request.body_bytes_max) {
    const std::int64_t excess = transaction.body_bytes() - *request.body_bytes_max;
    bodies += TRY(remove_oldest_bodies(transaction, excess, room()));
  }
  return RetentionOutcome{.bodies_removed = static_cast<std::int64_t>(bodies),
                          .articles_removed = static_cast<std::int64_t>(articles)};
}

}  // namespace tidings::sql
