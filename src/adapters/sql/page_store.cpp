#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/article_rows.h"
#include "adapters/sql/body_codec.h"
#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

Result<void> end_job(Connection& connection, ArticleId id) {
  TRY(connection.execute("DELETE FROM page_jobs WHERE article_id = $1", Parameters(id)));
  return {};
}

Result<void> replace_body(Transaction& transaction, ArticleId id, const ArticleBody& body) {
  Connection& connection = transaction.connection();
  const Rows before = TRY(connection.execute(
      "DELETE FROM article_bodies WHERE article_id = $1 RETURNING size_bytes", Parameters(id)));
  for (const Row row : before) transaction.count_body_bytes(-row.integer(0));
  const std::string bytes = encode_body(body);
  if (bytes.empty()) return {};
  transaction.count_body_bytes(static_cast<std::int64_t>(bytes.size()));
  TRY(connection.execute(
      "INSERT INTO article_bodies (article_id, size_bytes, content) VALUES ($1, $2, $3)",
      Parameters(id, bytes.size(), Blob{bytes})));
  return {};
}

Result<void> complete_article(Transaction& transaction, const Article& article) {
  Connection& connection = transaction.connection();
  const ArticleSummary& summary = article.summary;
  const Rows rows = TRY(connection.execute(
      "SELECT source_id, published, added_at, revision FROM articles WHERE id = $1",
      Parameters(summary.id)));
  if (rows.empty()) return not_found("article " + to_text(summary.id) + " is not there");
  const StoredFields fields{.id = summary.id,
                            .source_id = SourceId(rows[0].integer(0)),
                            .published = rows[0].time(1),
                            .added_at = rows[0].time(2),
                            .revision = static_cast<std::int32_t>(rows[0].integer(3))};
  if (fields.revision != summary.revision) {
    return Error{ErrorKind::Conflict,
                 "article " + to_text(summary.id) + " was edited while its page was read",
                 {}};
  }
  Parameters parameters;
  add_article(parameters, fields, summary);
  TRY(connection.execute(kUpdateArticle, parameters));
  TRY(replace_body(transaction, summary.id, article.body));
  std::string buffer;
  transaction.append(EventKind::ArticleCompleted,
                     {.subject = to_int(summary.id),
                      .source_id = fields.source_id,
                      .language = std::string(storable_tag(summary.language, buffer)),
                      .published = fields.published});
  return end_job(connection, summary.id);
}

class SqlPageStore final : public PageStore {
 public:
  explicit SqlPageStore(Database& database) : database_(database) {}

  Result<std::vector<PageJob>> claim_due(Time now, std::size_t limit, const std::string& owner,
                                         Time lease_until) override {
    return database_.write([&](Transaction& transaction) -> Result<std::vector<PageJob>> {
      Connection& connection = transaction.connection();
      const Rows rows = TRY(connection.execute(
          "SELECT article_id, source_id, url, attempts FROM page_jobs "
          "WHERE due_at <= $1 AND lease_until <= $1 ORDER BY due_at, article_id LIMIT $2",
          Parameters(now, limit)));
      std::vector<PageJob> jobs;
      Parameters leases;
      for (const Row row : rows) {
        jobs.push_back({.article_id = ArticleId(row.integer(0)),
                        .source_id = SourceId(row.integer(1)),
                        .url = row.string(2),
                        .attempts = static_cast<std::int32_t>(row.integer(3))});
        leases.add(jobs.back().article_id, owner, lease_until);
      }
      TRY(connection.execute_many(
          "UPDATE page_jobs SET lease_owner = $2, lease_until = $3 WHERE article_id = $1", leases,
          3));
      return jobs;
    });
  }

  Result<void> release(const std::string& owner) override {
    return change("UPDATE page_jobs SET lease_owner = '', lease_until = 0 WHERE lease_owner = $1",
                  Parameters(owner));
  }

  Result<std::optional<Time>> next_due() const override {
    return database_.read([&](Connection& connection) -> Result<std::optional<Time>> {
      const Rows rows = TRY(connection.execute(
          "SELECT due_at FROM page_jobs WHERE lease_until <= $1 ORDER BY due_at LIMIT 1",
          Parameters(database_.clock().now())));
      if (rows.empty()) return std::optional<Time>();
      return std::optional<Time>(rows[0].time(0));
    });
  }

  Result<void> complete(const Article& article) override {
    return database_.write(
        [&](Transaction& transaction) { return complete_article(transaction, article); });
  }

  Result<void> give_up(ArticleId id) override {
    return database_.write(
        [&](Transaction& transaction) { return end_job(transaction.connection(), id); });
  }

  Result<void> postpone(ArticleId id, Time until) override {
    return change(
        "UPDATE page_jobs SET attempts = attempts + 1, due_at = $2, lease_owner = '', "
        "lease_until = 0 WHERE article_id = $1",
        Parameters(id, until));
  }

  Result<void> put_off(ArticleId id, Time until) override {
    return change(
        "UPDATE page_jobs SET due_at = $2, lease_owner = '', lease_until = 0 "
        "WHERE article_id = $1",
        Parameters(id, until));
  }

  Result<std::int64_t> count() const override {
    return database_.read([](Connection& connection) -> Result<std::int64_t> {
      return TRY(connection.execute("SELECT COUNT(*) FROM page_jobs", Parameters()))[0].integer(0);
    });
  }

 private:
  Result<void> change(std::string_view statement, const Parameters& parameters) {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      TRY(transaction.connection().execute(statement, parameters));
      return {};
    });
  }

  Database& database_;
};

}  // namespace

std::unique_ptr<PageStore> make_page_store(Database& database) {
  return std::make_unique<SqlPageStore>(database);
}

}  // namespace tidings::sql
