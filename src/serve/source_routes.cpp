#include "serve/source_routes.h"

#include <fmt/format.h>

#include "core/hash.h"
#include "core/json_writer.h"
#include "ports/concerning_sources.h"
#include "serve/cursor.h"
#include "serve/problem.h"
#include "serve/source_json.h"

namespace tidings::serve {
namespace {

constexpr std::int64_t kDefaultLimit = 100;

const std::vector<Parameter> kListParameters = {
    {.name = "language", .kind = ParameterKind::Language},
    {.name = "country", .kind = ParameterKind::Country},
    {.name = "topic", .kind = ParameterKind::Text},
    {.name = "enabled", .kind = ParameterKind::Flag},
    {.name = "health", .kind = ParameterKind::Text},
    {.name = "limit", .kind = ParameterKind::Limit, .max = 500, .default_value = kDefaultLimit},
    {.name = "cursor", .kind = ParameterKind::Cursor},
};

std::uint64_t fingerprint(const SourceQuery& query, std::optional<SourceConcern> concern) {
  return hash64(fmt::format("{}\n{}\n{}\n{}\n{}", query.language, query.country, query.topic,
                            query.enabled ? static_cast<int>(*query.enabled) : -1,
                            concern ? to_string(*concern) : ""));
}

Result<std::optional<SourceConcern>> concern_of(const Parameters& parameters) {
  const auto name = parameters.text("health");
  if (!name) return std::optional<SourceConcern>();
  const std::optional<SourceConcern> concern = parse_source_concern(*name);
  if (!concern) return bad_parameter("health", "health is failing, dead, stale or noisy");
  return concern;
}

Result<SourceQuery> query_of(const Parameters& parameters, std::optional<SourceConcern> concern) {
  SourceQuery query;
  query.language = parameters.text("language").value_or("");
  query.country = parameters.text("country").value_or("");
  query.topic = parameters.text("topic").value_or("");
  query.enabled = parameters.flag("enabled");
  query.limit = static_cast<std::size_t>(parameters.number("limit").value_or(kDefaultLimit));
  if (const auto text = parameters.text("cursor")) {
    query.after =
        SourceId(TRY(decode_cursor(CursorKind::Sources, fingerprint(query, concern), *text)).id);
  }
  return query;
}

Result<Content> list(const SourceStore& store, const Clock& clock, const Call& call) {
  const std::optional<SourceConcern> concern = TRY(concern_of(call.parameters));
  SourceQuery query = TRY(query_of(call.parameters, concern));
  ++query.limit;  // one more than asked tells whether there is a next page
  std::vector<Source> sources =
      TRY(concern ? find_concerning(store, query, *concern, clock.now()) : store.find(query));
  std::string next_cursor;
  if (sources.size() == query.limit) {
    sources.pop_back();
    next_cursor = encode_cursor(CursorKind::Sources, fingerprint(query, concern),
                                {.id = to_int(sources.back().id)});
  }
  Content content;
  if (!next_cursor.empty()) {
    const std::string filters = call.parameters.canonical("cursor");
    content.headers.emplace_back("Link",
                                 fmt::format("<{}?{}{}cursor={}>; rel=\"next\"", call.path, filters,
                                             filters.empty() ? "" : "&", next_cursor));
  }
  JsonWriter json(content.body);
  json.begin_object();
  json.key("sources");
  json.begin_array();
  for (const Source& source : sources) write_source(json, source);
  json.end_array();
  json.field_if("next_cursor", next_cursor);
  json.end_object();
  content.body += '\n';
  return content;
}

Result<Content> one(const SourceStore& store, const Call& call) {
  const auto id = parse_id<SourceId>(call.path_id);
  if (!id) return not_found("A source is named by its number, as in /api/v1/sources/123.");
  const Source source = TRY(store.get(*id));
  Content content;
  JsonWriter json(content.body);
  write_source(json, source);
  content.body += '\n';
  return content;
}

}  // namespace

// Not kept in the cache: due times and fetch times change without an event.
std::vector<Route> source_routes(const SourceStore& sources, const Clock& clock) {
  return {
      {.pattern = "/api/v1/sources",
       .access = Access::Reader,
       .parameters = kListParameters,
       .handler = [&](const Call& call) { return list(sources, clock, call); }},
      {.pattern = "/api/v1/sources/{id}",
       .access = Access::Reader,
       .handler = [&](const Call& call) { return one(sources, call); }},
  };
}

}  // namespace tidings::serve
