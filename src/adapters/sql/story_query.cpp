#include "adapters/sql/story_query.h"

#include <string>

#include "adapters/sql/story_rows.h"

namespace tidings::sql {
namespace {

std::string_view column_of(StorySort sort) {
  switch (sort) {
    case StorySort::Rank:
      return "s.rank_key";
    case StorySort::Newest:
      return "s.updated_at";
    case StorySort::Size:
      return "s.articles";
  }
  return "s.rank_key";
}

// The stories that have at least a quarter of their articles among those asked for.
void append_candidates(Question& sql, const StoryQuery& query, const Dialect& dialect) {
  sql.append(" WHERE s.id IN (SELECT m.story_id FROM (");
  append_ids(sql,
             {.source_id = query.source_id,
              .language = query.language,
              .country = query.country,
              .terms = query.terms,
              .until = query.until},
             kStoryCandidatesMax, dialect);
  sql.append(
      ") c JOIN story_articles m ON m.article_id = c.article_id "
      "JOIN stories o ON o.id = m.story_id GROUP BY m.story_id, o.articles "
      "HAVING COUNT(*) * 4 >= o.articles)");
}

}  // namespace

Question story_listing(const StoryQuery& query, std::size_t limit, const Dialect& dialect) {
  Question sql("SELECT " + std::string(kStoryColumns) + " FROM stories s");
  const bool by_articles =
      !query.terms.empty() || query.source_id.has_value() || !query.country.empty();
  if (by_articles) append_candidates(sql, query, dialect);
  if (by_articles) sql.continue_conditions();
  const std::string_view key = column_of(query.sort);
  if (!query.language.empty()) sql.where("s.language", " = ", query.language);
  if (query.since) sql.where("s.updated_at", " >= ", *query.since);
  if (query.until) sql.where("s.updated_at", " < ", *query.until);
  if (query.publishers_min > 1) sql.where("s.publishers", " >= ", query.publishers_min);
  if (query.after) {
    sql.after("(" + std::string(key) + ", s.id)", query.after->key, query.after->id);
  }
  // Few are found by articles: they are sorted, not looked for along an index of all.
  const std::string order = (by_articles ? std::string(dialect.unindexed) : "") + std::string(key);
  sql.append(" ORDER BY " + order + " DESC, s.id DESC LIMIT ", limit);
  return sql;
}

}  // namespace tidings::sql
