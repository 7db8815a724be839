#include "adapters/sql/article_rows.h"

#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/text_list.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

constexpr std::size_t kPersonFields = 3;

std::string encode_people(const std::vector<Person>& people) {
  if (people.empty()) return {};
  std::vector<std::string> fields;
  for (const Person& person : people) {
    fields.insert(fields.end(), {person.name, person.email, person.url});
  }
  return encode_list(fields);
}

std::vector<Person> decode_people(std::string_view json) {
  std::vector<Person> people;
  auto fields = decode_list(json).value_or(std::vector<std::string>());
  for (std::size_t i = 0; i + kPersonFields <= fields.size(); i += kPersonFields) {
    people.push_back({.name = std::move(fields[i]),
                      .email = std::move(fields[i + 1]),
                      .url = std::move(fields[i + 2])});
  }
  return people;
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
  article.authors = decode_people(row.text(8));
  article.summary = row.string(9);
  article.language = row.string(10);
  article.country = row.string(11);
  article.categories = decode_list(row.text(12)).value_or(std::vector<std::string>());
  article.image = row.string(13);
  article.comments_url = row.string(14);
  article.rights = row.string(15);
  return article;
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
                 parameters.keep(encode_people(article.authors)), article.summary, language,
                 primary_language(language), tag(article.country),
                 parameters.keep(encode_list(article.categories)), article.image,
                 article.comments_url, article.rights);
}

}  // namespace tidings::sql
