#include "adapters/sql/article_query.h"

#include "adapters/sql/article_rows.h"
#include "ports/store_rules.h"

namespace tidings::sql {

namespace {

// What leads the question, and how its rows are named.
struct Lead {
  bool by_term, by_story;
  std::string published, id;

  explicit Lead(const ArticleQuery& query)
      : by_term(!query.terms.empty()), by_story(!by_term && query.story_id) {
    const std::string table = by_term ? "t" : by_story ? "m" : "a";
    published = table + ".published";
    id = table + (by_term || by_story ? ".article_id" : ".id");
  }

  std::string_view tables() const {
    if (by_term) return " FROM article_terms t JOIN articles a ON a.id = t.article_id";
    if (by_story) return " FROM story_articles m JOIN articles a ON a.id = m.article_id";
    return " FROM articles a";
  }
};

void append_conditions(Question& sql, const ArticleQuery& query, const Lead& lead,
                       const Dialect& dialect) {
  bool has_leader = lead.by_term || lead.by_story;
  const auto filter = [&](std::string_view column, const auto& value) {
    sql.where(has_leader ? std::string(dialect.unindexed) + std::string(column) : column, " = ",
              value);
    has_leader = true;
  };
  for (std::size_t i = 0; i < query.terms.size(); ++i) {
    i == 0 ? sql.leading_term(query.terms[i]) : sql.further_term(query.terms[i]);
  }
  if (query.story_id) {
    lead.by_story ? sql.where("m.story_id", " = ", *query.story_id)
                  : sql.where("(SELECT m.story_id FROM story_articles m WHERE m.article_id = a.id)",
                              " = ", *query.story_id);
  }
  if (query.source_id) filter("a.source_id", *query.source_id);
  if (!query.country.empty()) filter("a.country", query.country);
  if (!query.language.empty()) {
    const std::string_view primary = primary_language(query.language);
    filter("a.language_primary", primary);
    if (primary.size() != query.language.size()) filter("a.language", query.language);
  }
  if (query.since) sql.where(lead.published, " >= ", *query.since);
  if (query.after) {
    sql.after("(" + lead.published + ", " + lead.id + ")", query.after->published, query.after->id);
  }
  if (query.until && (!query.after || *query.until <= query.after->published)) {
    sql.where(lead.published, " < ", *query.until);
  }
}

void append_order(Question& sql, const Lead& lead, std::size_t limit) {
  sql.append(" ORDER BY " + lead.published + " DESC, " + lead.id + " DESC LIMIT ", limit);
}

}  // namespace

Question listing(const ArticleQuery& query, std::size_t limit, const Dialect& dialect) {
  const Lead lead(query);
  Question sql("SELECT " + std::string(kSummaryColumns) + std::string(lead.tables()));
  append_conditions(sql, query, lead, dialect);
  append_order(sql, lead, limit);
  return sql;
}

void append_ids(Question& sql, const ArticleQuery& query, std::size_t limit,
                const Dialect& dialect) {
  const Lead lead(query);
  sql.append("SELECT " + lead.id + " AS article_id" + std::string(lead.tables()));
  append_conditions(sql, query, lead, dialect);
  append_order(sql, lead, limit);
}

}  // namespace tidings::sql
