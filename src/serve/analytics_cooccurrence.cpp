// /api/v1/analytics/cooccurrence: what comes together in articles.
#include <vector>

#include "analytics/association.h"
#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_writer.h"
#include "serve/problem.h"

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

void write_pair(JsonWriter& json, const CooccurrenceCounts& counts,
                const CooccurrenceCounts::Pair& pair) {
  const analytics::Association association = analytics::association(
      {.both = static_cast<std::int64_t>(pair.articles),
       .first = static_cast<std::int64_t>(counts.names[pair.first].articles),
       .second = static_cast<std::int64_t>(counts.names[pair.second].articles),
       .articles = static_cast<std::int64_t>(counts.articles)});
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
  AnalyticsJson answer(request);
  answer.json().field("articles", counts.articles);
  TRY(write_names(answer.json(), dimension, counts, stores.sources));
  answer.json().key("pairs");
  answer.json().begin_array();
  for (const auto& pair : counts.pairs) write_pair(answer.json(), counts, pair);
  answer.json().end_array();
  return answer.end(counts.cursor);
}

}  // namespace tidings::serve
