#include "adapters/sql/article_rows.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/text_list.h"
#include "core/strings.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

std::string encode_people(const std::vector<Person>& people) {
  if (people.empty()) return {};
  std::vector<std::string> fields;
  for (const Person& person : people) {
    fields.insert(fields.end(), {person.name, person.email, person.url});
  }
  return encode_list(fields);
}

AnalysisBrief read_brief(const Row& row, std::size_t first) {
  AnalysisBrief brief{.topics = decode_topics(row.text(first)),
                      .countries = decode_countries(row.text(first + 3))};
  if (row.is_null(first + 1)) return brief;
  brief.tone = static_cast<Tone>(row.integer(first + 1));
  brief.sentiment = row.real(first + 2);
  return brief;
}

}  // namespace

std::string encode_score(double score) {
  return std::to_string(std::lround(score * 1000));
}
double decode_score(std::string_view text) {
  return static_cast<double>(parse_int(text).value_or(0)) / 1000;
}

std::string encode_topics(const std::vector<TopicScore>& topics) {
  std::vector<std::string> fields;
  for (const TopicScore& topic : topics)
    fields.insert(fields.end(), {topic.code, topic.label, encode_score(topic.score)});
  return encode_list(fields);
}

std::vector<TopicScore> decode_topics(std::string_view json) {
  std::vector<TopicScore> topics;
  ListReader reader(json);
  while (const auto code = reader.next()) {
    TopicScore& topic = topics.emplace_back();
    topic.code = *code;
    topic.label = reader.next().value_or("");
    topic.score = decode_score(reader.next().value_or(""));
  }
  return topics;
}

std::string encode_countries(const std::vector<CountryScore>& countries) {
  std::vector<std::string> fields;
  for (const CountryScore& country : countries)
    fields.insert(fields.end(), {country.code, encode_score(country.score)});
  return encode_list(fields);
}

std::vector<CountryScore> decode_countries(std::string_view json) {
  std::vector<CountryScore> countries;
  ListReader reader(json);
  while (const auto code = reader.next()) {
    CountryScore& country = countries.emplace_back();
    country.code = *code;
    country.score = decode_score(reader.next().value_or(""));
  }
  return countries;
}

std::vector<Person> decode_people(std::string_view json) {
  std::vector<Person> people;
  ListReader reader(json);
  while (const auto name = reader.next()) {
    Person& person = people.emplace_back();
    person.name = *name;
    person.email = reader.next().value_or("");
    person.url = reader.next().value_or("");
  }
  return people;
}

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
  article.analysis = read_brief(row, 16);
  return article;
}

void add_brief(Parameters& parameters, ArticleId id, const AnalysisBrief& brief) {
  parameters.add(id, parameters.keep(encode_topics(brief.topics)), brief.tone, brief.sentiment,
                 parameters.keep(encode_countries(brief.countries)));
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
