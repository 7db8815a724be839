#include "adapters/sql/article_rows.h"

#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/record_list.h"
#include "adapters/sql/text_list.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

AnalysisBrief read_brief(const Row& row, std::size_t first) {
  AnalysisBrief brief{.topics = decode_records<TopicScore>(row.text(first)),
                      .countries = decode_records<CountryScore>(row.text(first + 3))};
  if (row.is_null(first + 1)) return brief;
  brief.tone = static_cast<Tone>(row.integer(first + 1));
  brief.sentiment = row.real(first + 2);
  return brief;
}

}  // namespace

ArticleSummary read_summary(const Row& row) {
  ArticleSummary article;
  article.id = ArticleId(row.integer(0));
  article.source_id = SourceId(row.integer(1));
  article.published = row.time(2);
  if (!row.is_null(3)) article.updated = row.time(3);
  article.added_at = row.time(4);
  article.revision = static_cast<std::int32_t>(row.integer(5));
  article.url = row.string(6);
  article.title = row.string(7);
  article.authors = decode_records<Person>(row.text(8));
  article.summary = row.string(9);
  article.language = row.string(10);
  article.country = row.string(11);
  article.categories = decode_list(row.text(12)).value_or(std::vector<std::string>());
  article.image = row.string(13);
  article.comments_url = row.string(14);
  article.rights = row.string(15);
  article.analysis = read_brief(row, 16);
  return article;
}

void add_brief(Parameters& parameters, ArticleId id, const AnalysisBrief& brief) {
  parameters.add(id, parameters.keep(encode_records(brief.topics)), brief.tone, brief.sentiment,
                 parameters.keep(encode_records(brief.countries)));
}

void add_article(Parameters& parameters, const StoredFields& fields,
                 const ArticleSummary& article) {
  std::string buffer;
  const auto tag = [&](std::string_view text) {
    const std::string_view storable = storable_tag(text, buffer);
    return storable.data() == buffer.data() ? parameters.keep(buffer) : storable;
  };
  const std::string_view language = tag(article.language);
  parameters.add(fields.id, fields.source_id, fields.published, article.updated, fields.added_at,
                 fields.revision, article.url, article.title,
                 parameters.keep(encode_records(article.authors)), article.summary, language,
                 primary_language(language), tag(article.country),
                 parameters.keep(encode_list(article.categories)), article.image,
                 article.comments_url, article.rights);
}

}  // namespace tidings::sql
