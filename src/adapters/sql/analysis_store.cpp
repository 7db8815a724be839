#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/sql/analysis_codec.h"
#include "adapters/sql/article_rows.h"
#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"
#include "adapters/sql/record_list.h"
#include "core/hash.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

// What a row of articles says of one that was analyzed.
struct Known {
  std::int32_t revision = 0;
  SourceId source_id{};
  Time published{};
  std::string language;
  std::vector<Person> authors;
  bool was_analyzed = false;
};

struct TermRow {
  Hash128 term;
  Time published;
  ArticleId article_id;
  auto operator<=>(const TermRow&) const = default;
};

// Gathers what is to be written, so that each statement is given once for all articles.
class Saving {
 public:
  explicit Saving(Transaction& transaction)
      : transaction_(transaction), connection_(transaction.connection()) {}

  Result<void> run(std::span<const AnalyzedArticle> articles,
                   std::span<const std::string> contents) {
    TRY(look_up(articles));
    for (std::size_t i = 0; i < articles.size(); ++i) {
      const auto known = known_.find(to_int(articles[i].article_id));
      // Gone, or edited since.
      if (known == known_.end() || known->second.revision != articles[i].revision) continue;
      take(articles[i], contents[i], known->second);
    }
    return write();
  }

 private:
  Result<void> look_up(std::span<const AnalyzedArticle> articles) {
    Parameters ids;
    for (const AnalyzedArticle& article : articles) ids.add(article.article_id);
    const Rows rows = TRY(connection_.execute_many(
        "SELECT a.id, a.revision, a.source_id, a.published, a.language, a.authors, n.revision "
        "FROM articles a LEFT JOIN analyses n ON n.article_id = a.id WHERE a.id = $1",
        ids, 1));
    for (const Row row : rows) {
      known_.emplace(row.integer(0), Known{.revision = static_cast<std::int32_t>(row.integer(1)),
                                           .source_id = SourceId(row.integer(2)),
                                           .published = row.time(3),
                                           .language = row.string(4),
                                           .authors = decode_records<Person>(row.text(5)),
                                           .was_analyzed = !row.is_null(6)});
    }
    return {};
  }

  void take(const AnalyzedArticle& analyzed, const std::string& content, Known& article) {
    const ArticleId id = analyzed.article_id;
    const std::string& found = analyzed.analysis.language.code;
    if (article.language.empty() && found != "und") {
      article.language = found;
      languages_.add(id, found, primary_language(found));
    }
    add_brief(briefs_, id, brief_of(analyzed.analysis));
    analyses_.add(id, analyzed.revision, analyzed.analyzers, transaction_.now(), Blob{content});
    if (article.was_analyzed) former_.add(id);
    for (const std::string& term : terms_of(analyzed.analysis, article.authors))
      terms_.push_back({.term = hash128(term), .published = article.published, .article_id = id});
    transaction_.append(EventKind::ArticleAnalyzed, {.subject = to_int(id),
                                                     .source_id = article.source_id,
                                                     .language = article.language,
                                                     .published = article.published});
  }

  Result<void> write() {
    TRY(connection_.execute_many(
        "UPDATE articles SET language = $2, language_primary = $3 WHERE id = $1", languages_, 3));
    TRY(connection_.execute_many(kUpdateBrief, briefs_, kBriefParameters));
    TRY(connection_.execute_many(
        "INSERT INTO analyses (article_id, revision, analyzers, analyzed_at, content) "
        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (article_id) DO UPDATE SET "
        "revision = excluded.revision, analyzers = excluded.analyzers, "
        "analyzed_at = excluded.analyzed_at, content = excluded.content",
        analyses_, 5));
    TRY(connection_.execute_many("DELETE FROM article_terms WHERE article_id = $1", former_, 1));
    return write_terms();
  }

  // In the order of their index: the terms that many articles share lie on few pages.
  Result<void> write_terms() {
    std::ranges::sort(terms_);
    Parameters lists;
    for (const TermRow& row : terms_) lists.add(row.term, row.published, row.article_id);
    TRY(connection_.execute_many(
        "INSERT INTO article_terms (term, published, article_id) VALUES ($1, $2, $3) "
        "ON CONFLICT DO NOTHING",
        lists, 3));
    return {};
  }

  Transaction& transaction_;
  Connection& connection_;
  std::unordered_map<std::int64_t, Known> known_;
  Parameters languages_, briefs_, analyses_, former_;
  std::vector<TermRow> terms_;
};

constexpr std::string_view kOutdated =
    "FROM articles a LEFT JOIN analyses n ON n.article_id = a.id "
    "WHERE a.id > $1 AND (n.analyzers IS NULL OR n.analyzers < $2 OR "
    "n.analyzed_at < COALESCE((SELECT began_at FROM analysis_renewals WHERE id = 1), 0))";

class SqlAnalysisStore final : public AnalysisStore {
 public:
  explicit SqlAnalysisStore(Database& database) : database_(database) {}

  Result<void> save(std::span<const AnalyzedArticle> articles, const CursorMove* move) override {
    // Before the transaction, which keeps everyone else from writing.
    std::vector<std::string> contents;
    contents.reserve(articles.size());
    for (const AnalyzedArticle& article : articles)
      contents.push_back(encode_analysis(article.analysis));
    return database_.write([&](Transaction& transaction) -> Result<void> {
      if (move != nullptr) TRY(sql::advance(transaction, *move));
      return Saving(transaction).run(articles, contents);
    });
  }

  Result<AnalyzedArticle> get(ArticleId id) const override {
    std::vector<AnalyzedArticle> found = TRY(get_many({&id, 1}));
    if (found.empty()) return not_found("article " + to_text(id) + " was not analyzed");
    return std::move(found.front());
  }

  Result<std::vector<AnalyzedArticle>> get_many(std::span<const ArticleId> ids) const override {
    std::vector<AnalyzedArticle> found;
    if (ids.empty()) return found;
    Parameters lists;
    for (const ArticleId id : ids) lists.add(id);
    const Rows rows = TRY(database_.read([&](Connection& connection) {
      return connection.execute_many(
          "SELECT article_id, revision, analyzers, analyzed_at, content FROM analyses "
          "WHERE article_id = $1",
          lists, 1);
    }));
    for (const Row row : rows) {
      const ArticleId id{row.integer(0)};
      found.push_back(
          {.article_id = id,
           .revision = static_cast<std::int32_t>(row.integer(1)),
           .analyzers = static_cast<std::int32_t>(row.integer(2)),
           .analyzed_at = row.time(3),
           .analysis = TRY(with_context(decode_analysis(row.text(4)), "article " + to_text(id)))});
    }
    return found;
  }

  Result<std::vector<ArticleId>> outdated(std::int32_t analyzers, ArticleId after,
                                          std::size_t limit) const override {
    static const std::string kSelect =
        "SELECT a.id " + std::string(kOutdated) + " ORDER BY a.id LIMIT $3";
    return database_.read([&](Connection& connection) -> Result<std::vector<ArticleId>> {
      const Rows rows = TRY(connection.execute(kSelect, Parameters(after, analyzers, limit)));
      std::vector<ArticleId> ids;
      for (const Row row : rows) ids.push_back(ArticleId(row.integer(0)));
      return ids;
    });
  }

  Result<std::int64_t> count_outdated(std::int32_t analyzers) const override {
    static const std::string kSelect = "SELECT COUNT(*) " + std::string(kOutdated);
    return database_.read([&](Connection& connection) -> Result<std::int64_t> {
      const Rows rows = TRY(connection.execute(kSelect, Parameters(ArticleId{}, analyzers)));
      return rows[0].integer(0);
    });
  }

  Result<bool> begin_renewal() override {
    return database_.write([](Transaction& transaction) -> Result<bool> {
      const Rows rows = TRY(transaction.connection().execute(
          "INSERT INTO analysis_renewals (id, began_at) VALUES (1, $1) ON CONFLICT DO NOTHING",
          Parameters(transaction.now())));
      return rows.affected() > 0;
    });
  }

  Result<void> end_renewal() override {
    return database_.write([](Transaction& transaction) -> Result<void> {
      TRY(transaction.connection().execute("DELETE FROM analysis_renewals", Parameters()));
      return {};
    });
  }

 private:
  Database& database_;
};

}  // namespace

std::unique_ptr<AnalysisStore> make_analysis_store(Database& database) {
  return std::make_unique<SqlAnalysisStore>(database);
}

}  // namespace tidings::sql
