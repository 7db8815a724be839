#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/article_query.h"
#include "adapters/sql/article_rows.h"
#include "adapters/sql/body_codec.h"
#include "adapters/sql/database.h"
#include "adapters/sql/ingest.h"
#include "adapters/sql/make_stores.h"
#include "adapters/sql/retention.h"

namespace tidings::sql {
namespace {

Error missing(ArticleId id) {
  return not_found("article " + to_text(id) + " is not there");
}

class SqlArticleStore final : public ArticleStore {
 public:
  explicit SqlArticleStore(Database& database) : database_(database) {}

  Result<std::vector<IngestOutcome>> ingest(std::span<const IngestBatch> batches) override {
    if (batches.empty()) return std::vector<IngestOutcome>();
    return database_.write(
        [&](Transaction& transaction) { return sql::ingest(transaction, batches); });
  }

  Result<bool> knows_any(SourceId source_id, std::span<const Hash128> keys) const override {
    if (keys.empty()) return false;
    return database_.read([&](Connection& connection) -> Result<bool> {
      Parameters lists;
      for (const Hash128& key : keys) lists.add(source_id, key);
      const Rows rows = TRY(connection.execute_many(
          "SELECT 1 FROM article_identities WHERE source_id = $1 AND identity = $2", lists, 2));
      return !rows.empty();
    });
  }

  Result<ArticlePage> find(const ArticleQuery& query) const override {
    const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, 500);
    return database_.read([&](Connection& connection) -> Result<ArticlePage> {
      // One more than asked for tells whether there is a next page.
      const Question sql = listing(query, limit + 1, connection.dialect());
      const Rows rows = TRY(connection.execute(sql.text(), sql.parameters()));
      ArticlePage page;
      page.articles.reserve(std::min(rows.size(), limit));
      for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
        page.articles.push_back(read_summary(rows[i]));
      }
      if (rows.size() > limit) {
        const ArticleSummary& last = page.articles.back();
        page.next = {.published = last.published, .id = last.id};
      }
      return page;
    });
  }

  Result<Article> get(ArticleId id) const override {
    std::vector<Article> found = TRY(get_whole({&id, 1}));
    if (found.empty()) return missing(id);
    return std::move(found.front());
  }

  Result<std::vector<Article>> get_whole(std::span<const ArticleId> ids) const override {
    if (ids.empty()) return std::vector<Article>();
    static const std::string kSelect =
        "SELECT " + std::string(kSummaryColumns) +
        ", b.content FROM articles a LEFT JOIN article_bodies b ON b.article_id = a.id "
        "WHERE a.id = $1";
    Parameters lists;
    for (const ArticleId id : ids) lists.add(id);
    const Rows rows = TRY(database_.read(
        [&](Connection& connection) { return connection.execute_many(kSelect, lists, 1); }));
    std::vector<Article> articles;
    articles.reserve(rows.size());
    for (const Row row : rows) {
      Article& article = articles.emplace_back(Article{.summary = read_summary(row), .body = {}});
      article.body = TRY(with_context(decode_body(row.text(kSummaryColumnCount)),
                                      "article " + to_text(article.summary.id)));
    }
    return articles;
  }

  Result<std::vector<ArticleSummary>> get_many(std::span<const ArticleId> ids) const override {
    std::vector<ArticleSummary> articles;
    if (ids.empty()) return articles;
    return database_.read([&](Connection& connection) -> Result<std::vector<ArticleSummary>> {
      static const std::string kSelect =
          "SELECT " + std::string(kSummaryColumns) + " FROM articles a WHERE a.id = $1";
      Parameters lists;
      for (const ArticleId id : ids) lists.add(id);
      const Rows rows = TRY(connection.execute_many(kSelect, lists, 1));
      for (const Row row : rows) articles.push_back(read_summary(row));
      return articles;
    });
  }

  Result<std::vector<ArticleId>> ids(ArticleId after, std::size_t limit) const override {
    return database_.read([&](Connection& connection) -> Result<std::vector<ArticleId>> {
      const Rows rows = TRY(
          connection.execute("SELECT id FROM articles WHERE id > $1 ORDER BY id LIMIT $2",
                             Parameters(after, std::clamp<std::size_t>(limit, 1, kArticleIdsMax))));
      std::vector<ArticleId> ids;
      ids.reserve(rows.size());
      for (const Row row : rows) ids.push_back(ArticleId(row.integer(0)));
      return ids;
    });
  }

  Result<std::vector<ArticleRevision>> revisions(ArticleId id) const override {
    return database_.read([&](Connection& connection) -> Result<std::vector<ArticleRevision>> {
      // The join keeps one row of nulls for an article without revisions.
      const Rows rows = TRY(connection.execute(
          "SELECT r.revision, r.replaced_at, r.title, r.url, r.content FROM articles a "
          "LEFT JOIN article_revisions r ON r.article_id = a.id WHERE a.id = $1 "
          "ORDER BY r.revision DESC",
          Parameters(id)));
      if (rows.empty()) return missing(id);
      std::vector<ArticleRevision> revisions;
      for (const Row row : rows) {
        if (row.is_null(0)) continue;
        ArticleBody body =
            TRY(with_context(decode_body(row.text(4)), "revision of article " + to_text(id)));
        revisions.push_back({.revision = static_cast<std::int32_t>(row.integer(0)),
                             .replaced_at = row.time(1),
                             .title = row.string(2),
                             .url = row.string(3),
                             .content_html = std::move(body.content_html)});
      }
      return revisions;
    });
  }

  Result<void> remove(ArticleId id) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      const std::vector<ArticleId> ids = {id};
      if (TRY(remove_articles(transaction, ids, RemovedBy::Owner)) == 0) return missing(id);
      return {};
    });
  }

  Result<void> set_kept(ArticleId id, bool kept) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      const Rows rows = TRY(transaction.connection().execute(
          "UPDATE articles SET kept = $2 WHERE id = $1", Parameters(id, kept)));
      if (rows.affected() == 0) return missing(id);
      return {};
    });
  }

  Result<RetentionOutcome> apply_retention(const RetentionRequest& request) override {
    return database_.write(
        [&](Transaction& transaction) { return sql::apply_retention(transaction, request); });
  }

  Result<ArticleCounts> counts() const override {
    return database_.read([](Connection& connection) -> Result<ArticleCounts> {
      const Rows rows =
          TRY(connection.execute("SELECT articles, (SELECT COUNT(*) FROM sources), "
                                 "(SELECT COUNT(*) FROM source_states WHERE schedulable = 1 AND "
                                 "problem_class IS NOT NULL), body_bytes "
                                 "FROM ledger",
                                 Parameters()));
      return ArticleCounts{.articles = rows[0].integer(0),
                           .sources = rows[0].integer(1),
                           .sources_failing = rows[0].integer(2),
                           .body_bytes = rows[0].integer(3)};
    });
  }

 private:
  Database& database_;
};

}  // namespace

std::unique_ptr<ArticleStore> make_article_store(Database& database) {
  return std::make_unique<SqlArticleStore>(database);
}

}  // namespace tidings::sql
