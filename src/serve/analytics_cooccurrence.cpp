// /api/v1/analytics/cooccurrence: what comes together in articles.
#include <string>
#include <vector>

#include "analytics/association.h"
#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_writer.h"
#include "serve/problem.h"
#include "serve/rolled_history.h"

namespace tidings::serve {
namespace {

Result<void> write_names(JsonWriter& json, Dimension dimension, const CooccurrenceCounts& counts,
                         SourceDirectory& sources) {
  json.key("names");
  json.begin_array();
  for (const CooccurrenceCounts::Name& name : counts.names) {
    json.begin_object();
    json.field("name", name.name);
    json.field_if("label",
                  TRY(label_of(dimension, {.name = name.name, .text = name.text}, sources)));
    json.field("articles", name.articles);
    json.end_object();
  }
  json.end_array();
  return {};
}

analytics::Association association_of(const CooccurrenceCounts& counts,
                                      const CooccurrenceCounts::Pair& pair) {
  return analytics::association(
      {.both = static_cast<std::int64_t>(pair.articles),
       .first = static_cast<std::int64_t>(counts.names[pair.first].articles),
       .second = static_cast<std::int64_t>(counts.names[pair.second].articles),
       .articles = static_cast<std::int64_t>(counts.articles)});
}

Result<Content> pairs_csv(Dimension dimension, const CooccurrenceCounts& counts,
                          SourceDirectory& sources) {
  std::vector<std::string> labels;
  labels.reserve(counts.names.size());
  for (const CooccurrenceCounts::Name& name : counts.names)
    labels.push_back(TRY(label_of(dimension, {.name = name.name, .text = name.text}, sources)));
  AnalyticsCsv csv("first", "first_label", "first_articles", "second", "second_label",
                   "second_articles", "articles", "expected", "npmi", "likelihood_ratio",
                   "log10_p");
  for (const CooccurrenceCounts::Pair& pair : counts.pairs) {
    const analytics::Association association = association_of(counts, pair);
    const CooccurrenceCounts::Name& first = counts.names[pair.first];
    const CooccurrenceCounts::Name& second = counts.names[pair.second];
    csv.row(first.name, labels[pair.first], first.articles, second.name, labels[pair.second],
            second.articles, pair.articles, association.expected, association.npmi,
            association.likelihood_ratio, association.log10_p);
  }
  return csv.end();
}

void write_pair(JsonWriter& json, const CooccurrenceCounts& counts,
                const CooccurrenceCounts::Pair& pair) {
  const analytics::Association association = association_of(counts, pair);
  json.begin_object();
  json.field("first", pair.first);
  json.field("second", pair.second);
  json.field("articles", pair.articles);
  json.field("expected", association.expected);
  json.field("npmi", association.npmi);
  json.field("likelihood_ratio", association.likelihood_ratio);
  json.field("log10_p", association.log10_p);
  json.end_object();
}

}  // namespace

Result<Content> answer_cooccurrence(const AnalyticsRouteStores& stores, const Call& call) {
  const AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  const std::vector<Dimension> by = TRY(dimensions_asked(call.parameters, "by"));
  if (by.size() > 1) return bad_parameter("by", "'by' takes one.");
  const Dimension dimension = by.empty() ? Dimension::Entity : by.front();
  const auto found = stores.index.cooccurrence(
      {.query = within(request.queries.front(), request.since, request.until),
       .dimension = dimension,
       .names_max = request.names_max});
  if (!found && found.error().kind == ErrorKind::InvalidInput)
    return bad_parameter("by", found.error().message + ".");
  const CooccurrenceCounts counts = TRY(found);
  if (request.as_csv) return pairs_csv(dimension, counts, stores.sources);
  AnalyticsJson answer(request);
  answer.json().field("articles", counts.articles);
  TRY(write_names(answer.json(), dimension, counts, stores.sources));
  answer.json().key("pairs");
  answer.json().begin_array();
  for (const auto& pair : counts.pairs) write_pair(answer.json(), counts, pair);
  answer.json().end_array();
  TRY(write_articles_since(answer.json(), stores.rollups, request.since));
  return answer.end(counts.cursor);
}

}  // namespace tidings::serve
