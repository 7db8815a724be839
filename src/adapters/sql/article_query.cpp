#include "adapters/sql/article_query.h"

#include "adapters/sql/article_rows.h"
#include "ports/store_rules.h"

namespace tidings::sql {

Question listing(const ArticleQuery& query, std::size_t limit, const Dialect& dialect) {
  const bool by_term = !query.terms.empty();
  const std::string published = by_term ? "t.published" : "a.published";
  const std::string id = by_term ? "t.article_id" : "a.id";
  Question sql("SELECT " + std::string(kSummaryColumns) +
               (by_term ? " FROM article_terms t JOIN articles a ON a.id = t.article_id"
                        : " FROM articles a"));
  bool has_leader = by_term;
  const auto filter = [&](std::string_view column, const auto& value) {
    sql.where(has_leader ? std::string(dialect.unindexed) + std::string(column) : column, " = ",
              value);
    has_leader = true;
  };
  for (std::size_t i = 0; i < query.terms.size(); ++i) {
    i == 0 ? sql.leading_term(query.terms[i]) : sql.further_term(query.terms[i]);
  }
  if (query.source_id) filter("a.source_id", *query.source_id);
  if (!query.country.empty()) filter("a.country", query.country);
  if (!query.language.empty()) {
    const std::string_view primary = primary_language(query.language);
    filter("a.language_primary", primary);
    if (primary.size() != query.language.size()) filter("a.language", query.language);
  }
  if (query.since) sql.where(published, " >= ", *query.since);
  if (query.after) sql.after("(" + published + ", " + id + ")", *query.after);
  if (query.until && (!query.after || *query.until <= query.after->published)) {
    sql.where(published, " < ", *query.until);
  }
  sql.append(" ORDER BY " + published + " DESC, " + id + " DESC LIMIT ", limit);
  return sql;
}

}  // namespace tidings::sql
