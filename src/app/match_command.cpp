// Which of many queries articles match, line by line.
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/article_lines.h"
#include "app/commands.h"
#include "app/query_lines.h"
#include "core/json_writer.h"
#include "pipeline/search_documents.h"
#include "query/topic_names.h"
#include "query/values.h"

namespace tidings::app {
namespace {

// Topics by code or label, as queries have them; one that there is not is a fault.
std::vector<std::string> add_topics(const analyze::ArticleLine& line, SearchDocument& document) {
  std::vector<std::string> faults;
  for (const std::string& topic : line.topics) {
    Result<std::string> code = query::value_text(QueryField::Topic, topic);
    if (code) {
      document.topics.push_back(*std::move(code));
    } else {
      faults.push_back(std::move(code).error().message);
    }
  }
  return faults;
}

SearchDocument document_of(const analyze::ArticleLine& line) {
  SearchDocument document{.published = line.published.value_or(Time{}),
                          .language = line.language,
                          .title = line.title,
                          .text = line.text,
                          .authors = line.authors,
                          .source_title = line.source,
                          .publisher = line.publisher,
                          .country = line.country,
                          .url = line.url,
                          .places = line.places,
                          .about = line.about};
  for (const std::string& entity : line.entities)
    document.entities.push_back({.id = entity, .text = entity});
  if (line.sentiment)
    document.sentiment = static_cast<std::int8_t>(std::lround(*line.sentiment * 100));
  return document;
}

void write_line(const analyze::ArticleLine& line, const QueryLines& queries,
                const std::vector<std::int64_t>& matching, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.key("id");
  json.raw(line.id_json);
  json.key("matches");
  json.begin_array();
  for (const std::int64_t id : matching) json.raw(queries.names_json[static_cast<std::size_t>(id)]);
  json.end_array();
  json.end_object();
  out += '\n';
}

Result<void> match(const Arguments& arguments) {
  const auto file = arguments.get("--queries");
  if (!file) return usage_error("say where the queries are: --queries FILE");
  const SystemClock clock;
  QueryLines queries = TRY(read_query_lines(*file, clock.now()));
  TRY(use_article_lines(
      [&](const analyze::ArticleLine& line, std::string& out) {
        SearchDocument document = document_of(line);
        std::vector<std::string> faults = add_topics(line, document);
        const auto matching = queries.standing.match(pipeline::indexed(std::move(document)));
        write_line(line, queries, matching, out);
        return faults;
      },
      arguments.get("--input").value_or("-")));
  if (queries.faults > 0)
    return invalid_input(fmt::format("{} queries could not be used", queries.faults));
  return {};
}

}  // namespace

int run_match(const Arguments& arguments) {
  return report(match(arguments));
}

}  // namespace tidings::app
