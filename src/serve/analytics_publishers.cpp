// /api/v1/analytics/publishers: who wrote how much, about what.
#include <utility>
#include <vector>

#include "query/values.h"
#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_writer.h"

namespace tidings::serve {
namespace {

constexpr std::size_t kTopicsMax = 5;

Result<Query> of_publisher(const Query& query, const std::string& publisher) {
  Query both{.kind = QueryKind::And};
  both.parts.push_back(query);
  both.parts.push_back({.kind = QueryKind::Value,
                        .field = QueryField::Publisher,
                        .text = TRY(query::value_text(QueryField::Publisher, publisher))});
  return both;
}

// A publisher with its own topics.
Result<void> write_publisher(JsonWriter& json, const NamedCounts& publisher, const Bucket& all,
                             const DimensionCounts& topics, SourceDirectory& sources) {
  json.begin_object();
  json.field("name", publisher.name);
  write_bucket_fields(json, publisher.total);
  json.field("share", share_of(publisher.total, all));
  json.key("topics");
  json.begin_array();
  for (const NamedCounts& topic : topics.top) {
    json.begin_object();
    json.field("name", topic.name);
    json.field_if("label", TRY(label_of(Dimension::Topic, topic, sources)));
    write_bucket_fields(json, topic.total);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return {};
}

}  // namespace

Result<Content> answer_publishers(const AnalyticsRouteStores& stores, const Call& call) {
  const AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  const Query& query = request.queries.front();
  const Aggregates all =
      TRY(counted_within(stores.index, request, query, {Dimension::Publisher}, request.names_max));
  AnalyticsJson answer(request);
  write_bucket_fields(answer.json(), all.total);
  answer.json().key("publishers");
  answer.json().begin_array();
  for (const NamedCounts& one : all.dimensions.front().top) {
    const Aggregates own = TRY(counted_within(
        stores.index, request, TRY(of_publisher(query, one.name)), {Dimension::Topic}, kTopicsMax));
    TRY(write_publisher(answer.json(), one, all.total, own.dimensions.front(), stores.sources));
  }
  answer.json().end_array();
  return answer.end(all.cursor);
}

}  // namespace tidings::serve
