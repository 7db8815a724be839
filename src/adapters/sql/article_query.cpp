#include "adapters/sql/article_query.h"

#include "adapters/sql/article_rows.h"
#include "ports/store_rules.h"

namespace tidings::sql {

Question listing(const ArticleQuery& query, std::size_t limit, const Dialect& dialect) {
  Question sql("SELECT " + std::string(kSummaryColumns) + " FROM articles a");
  bool has_leader = false;
  const auto filter = [&](std::string_view column, const auto& value) {
    sql.where(has_leader ? std::string(dialect.unindexed) + std::string(column) : column, " = ",
              value);
    has_leader = true;
  };
  if (query.source_id) filter("a.source_id", *query.source_id);
  if (!query.country.empty()) filter("a.country", query.country);
  if (!query.language.empty()) {
    const std::string_view primary = primary_language(query.language);
    filter("a.language_primary", primary);
    if (primary.size() != query.language.size()) filter("a.language", query.language);
  }
  if (query.since) sql.where("a.published", " >= ", *query.since);
  if (query.after) sql.after(*query.after);
  if (query.until && (!query.after || *query.until <= query.after->published)) {
    sql.where("a.published", " < ", *query.until);
  }
  sql.append(" ORDER BY a.published DESC, a.id DESC LIMIT ", limit);
  return sql;
}

}  // namespace tidings::sql
