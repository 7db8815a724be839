// How an article's summary lies in a row of `articles`.
#pragma once

#include <cstddef>
#include <string_view>

#include "adapters/sql/rows.h"
#include "adapters/sql/value.h"
#include "model/article.h"

namespace tidings::sql {

// For SELECT, in the order that read_summary() takes them.
inline constexpr std::string_view kSummaryColumns =
    "a.id, a.source_id, a.published, a.updated, a.added_at, a.revision, a.url, a.title, a.authors, "
    "a.summary, a.language, a.country, a.categories, a.image, a.comments_url, a.rights, a.topics, "
    "a.tone, a.sentiment, a.countries";
inline constexpr std::size_t kSummaryColumnCount = 20;

ArticleSummary read_summary(const Row& row);

// $2 to $5, for the article $1.
inline constexpr std::string_view kUpdateBrief =
    "UPDATE articles SET topics = $2, tone = $3, sentiment = $4, countries = $5 WHERE id = $1";
inline constexpr std::size_t kBriefParameters = 5;
void add_brief(Parameters& parameters, ArticleId id, const AnalysisBrief& brief);

// $1 to $17. Used by both, so that a column cannot be forgotten in one of them. What an analysis
// found is left as it was.
inline constexpr std::size_t kArticleParameters = 17;
inline constexpr std::string_view kInsertArticle =
    "INSERT INTO articles (id, source_id, published, updated, added_at, revision, kept, url, "
    "title, "
    "authors, summary, language, language_primary, country, categories, image, comments_url, "
    "rights) "
    "VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
inline constexpr std::string_view kUpdateArticle =
    "UPDATE articles SET source_id = $2, published = $3, updated = $4, added_at = $5, revision = "
    "$6, "
    "url = $7, title = $8, authors = $9, summary = $10, language = $11, language_primary = $12, "
    "country = $13, categories = $14, image = $15, comments_url = $16, rights = $17 WHERE id = $1";

// What the store sets of an article, whatever the summary says.
struct StoredFields {
  ArticleId id{};
  SourceId source_id{};
  Time published{};
  Time added_at{};
  std::int32_t revision = 1;
};
// Borrows from the summary.
void add_article(Parameters& parameters, const StoredFields& fields, const ArticleSummary& article);

}  // namespace tidings::sql
