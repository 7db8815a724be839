#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/analysis_codec.h"
#include "adapters/sql/article_rows.h"
#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"
#include "adapters/sql/text_list.h"
#include "core/hash.h"
#include "core/strings.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

// A brief's topics: code, label and score in turns.
std::string encode_topics(const std::vector<TopicScore>& topics) {
  std::vector<std::string> list;
  for (const TopicScore& topic : topics) {
    const auto permille = std::lround(topic.score * 1000);
    list.insert(list.end(), {topic.code, topic.label, std::to_string(permille)});
  }
  return encode_list(list);
}

std::vector<TopicScore> decode_topics(std::string_view json) {
  std::vector<TopicScore> topics;
  auto list = decode_list(json).value_or(std::vector<std::string>());
  for (std::size_t i = 0; i + 3 <= list.size(); i += 3) {
    topics.push_back({.code = std::move(list[i]),
                      .label = std::move(list[i + 1]),
                      .score = static_cast<double>(parse_int(list[i + 2]).value_or(0)) / 1000});
  }
  return topics;
}

struct Known {
  SourceId source_id{};
  Time published{};
  std::string language;
  std::vector<Person> authors;
};

// What the rows are about, if it is still what was looked at.
Result<std::optional<Known>> find_article(Connection& connection, const AnalyzedArticle& analyzed) {
  static const std::string kSelect =
      "SELECT " + std::string(kSummaryColumns) + " FROM articles a WHERE a.id = $1";
  const Rows rows = TRY(connection.execute(kSelect, Parameters(analyzed.article_id)));
  if (rows.empty()) return std::optional<Known>();
  ArticleSummary summary = read_summary(rows[0]);
  if (summary.revision != analyzed.revision) return std::optional<Known>();
  return std::optional<Known>(Known{.source_id = summary.source_id,
                                    .published = summary.published,
                                    .language = std::move(summary.language),
                                    .authors = std::move(summary.authors)});
}

Result<void> replace_terms(Connection& connection, const AnalyzedArticle& analyzed,
                           const Known& article) {
  TRY(connection.execute("DELETE FROM article_terms WHERE article_id = $1",
                         Parameters(analyzed.article_id)));
  Parameters terms;
  for (const std::string& term : terms_of(analyzed.analysis, article.authors)) {
    const Hash128 hash = hash128(term);
    terms.add(Blob{terms.keep({reinterpret_cast<const char*>(hash.data()), hash.size()})},
              article.published, analyzed.article_id);
  }
  TRY(connection.execute_many(
      "INSERT INTO article_terms (term, published, article_id) VALUES ($1, $2, $3) "
      "ON CONFLICT DO NOTHING",
      terms, 3));
  return {};
}

Result<void> give_language(Connection& connection, const AnalyzedArticle& analyzed,
                           Known& article) {
  const std::string& found = analyzed.analysis.language.code;
  if (!article.language.empty() || found == "und") return {};
  article.language = found;
  TRY(connection.execute(
      "UPDATE articles SET language = $2, language_primary = $3 WHERE id = $1",
      Parameters(analyzed.article_id, found, primary_language(article.language))));
  return {};
}

Result<void> save_one(Transaction& transaction, const AnalyzedArticle& analyzed) {
  Connection& connection = transaction.connection();
  std::optional<Known> article = TRY(find_article(connection, analyzed));
  if (!article) return {};
  TRY(give_language(connection, analyzed, *article));
  const Analysis& analysis = analyzed.analysis;
  const std::string content = encode_analysis(analysis);
  const std::string topics = encode_topics(analysis.topics);
  std::optional<Tone> tone;
  if (analysis.sentiment) tone = analysis.sentiment->label;
  TRY(connection.execute(
      "INSERT INTO analyses (article_id, revision, analyzers, analyzed_at, tone, sentiment, "
      "topics, "
      "content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (article_id) DO UPDATE SET "
      "revision = excluded.revision, analyzers = excluded.analyzers, "
      "analyzed_at = excluded.analyzed_at, tone = excluded.tone, sentiment = excluded.sentiment, "
      "topics = excluded.topics, content = excluded.content",
      Parameters(analyzed.article_id, analyzed.revision, analyzed.analyzers, transaction.now(),
                 tone, analysis.sentiment ? analysis.sentiment->score : 0.0, topics,
                 Blob{content})));
  TRY(replace_terms(connection, analyzed, *article));
  transaction.append(EventKind::ArticleAnalyzed, {.subject = to_int(analyzed.article_id),
                                                  .source_id = article->source_id,
                                                  .language = article->language,
                                                  .published = article->published});
  return {};
}

class SqlAnalysisStore final : public AnalysisStore {
 public:
  explicit SqlAnalysisStore(Database& database) : database_(database) {}

  Result<void> save(std::span<const AnalyzedArticle> articles, const CursorMove* move) override {
    return database_.write([&](Transaction& transaction) -> Result<void> {
      if (move != nullptr) TRY(sql::advance(transaction, *move));
      for (const AnalyzedArticle& article : articles) TRY(save_one(transaction, article));
      return {};
    });
  }

  Result<AnalyzedArticle> get(ArticleId id) const override {
    return database_.read([&](Connection& connection) -> Result<AnalyzedArticle> {
      const Rows rows = TRY(connection.execute(
          "SELECT revision, analyzers, analyzed_at, content FROM analyses WHERE article_id = $1",
          Parameters(id)));
      if (rows.empty()) return not_found("article " + to_text(id) + " was not analyzed");
      return AnalyzedArticle{.article_id = id,
                             .revision = static_cast<std::int32_t>(rows[0].integer(0)),
                             .analyzers = static_cast<std::int32_t>(rows[0].integer(1)),
                             .analyzed_at = rows[0].time(2),
                             .analysis = TRY(with_context(decode_analysis(rows[0].text(3)),
                                                          "article " + to_text(id)))};
    });
  }

  Result<std::vector<AnalysisBrief>> briefs(std::span<const ArticleId> ids) const override {
    std::vector<AnalysisBrief> briefs;
    if (ids.empty()) return briefs;
    return database_.read([&](Connection& connection) -> Result<std::vector<AnalysisBrief>> {
      Parameters lists;
      for (const ArticleId id : ids) lists.add(id);
      const Rows rows = TRY(connection.execute_many(
          "SELECT article_id, topics, tone, sentiment FROM analyses WHERE article_id = $1", lists,
          1));
      for (const Row row : rows) {
        AnalysisBrief& brief = briefs.emplace_back();
        brief.article_id = ArticleId(row.integer(0));
        brief.topics = decode_topics(row.text(1));
        if (!row.is_null(2)) brief.tone = static_cast<Tone>(row.integer(2));
        brief.sentiment = row.real(3);
      }
      return std::move(briefs);
    });
  }

  Result<std::vector<ArticleId>> outdated(std::int32_t analyzers, ArticleId after,
                                          std::size_t limit) const override {
    return database_.read([&](Connection& connection) -> Result<std::vector<ArticleId>> {
      const Rows rows = TRY(connection.execute(
          "SELECT a.id FROM articles a LEFT JOIN analyses n ON n.article_id = a.id "
          "WHERE a.id > $1 AND (n.analyzers IS NULL OR n.analyzers < $2) ORDER BY a.id LIMIT $3",
          Parameters(after, analyzers, limit)));
      std::vector<ArticleId> ids;
      for (const Row row : rows) ids.push_back(ArticleId(row.integer(0)));
      return ids;
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
