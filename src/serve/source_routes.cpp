#include "serve/source_routes.h"

#include <fmt/format.h>

#include "core/hash.h"
#include "core/json_writer.h"
#include "serve/cursor.h"

namespace tidings::serve {
namespace {

constexpr std::int64_t kDefaultLimit = 100;

const std::vector<Parameter> kListParameters = {
    {.name = "language", .kind = ParameterKind::Language},
    {.name = "country", .kind = ParameterKind::Country},
    {.name = "topic", .kind = ParameterKind::Text},
    {.name = "enabled", .kind = ParameterKind::Flag},
    {.name = "limit", .kind = ParameterKind::Limit, .max = 500, .default_value = kDefaultLimit},
    {.name = "cursor", .kind = ParameterKind::Cursor},
};

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.key(name);
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

void write_if(JsonWriter& json, std::string_view name, const std::optional<Time>& time) {
  if (time) json.field(name, *time);
}

void write_state(JsonWriter& json, const Source& source) {
  const SourceState& state = source.state;
  json.field("health", to_string(health(source)));
  if (state.problem) {
    json.key("problem");
    json.begin_object();
    json.field("error_class", state.problem->error_class);
    json.field("message", state.problem->message);
    json.field("since", state.problem->since);
    json.end_object();
  }
  json.field("failures", state.failures);
  if (to_micros(state.due_at) != 0) json.field("due_at", state.due_at);
  write_if(json, "last_fetched_at", state.last_fetched_at);
  write_if(json, "last_succeeded_at", state.last_succeeded_at);
  write_if(json, "last_new_at", state.last_new_at);
  if (state.articles_per_day > 0) json.field("articles_per_day", state.articles_per_day);
}

void write_source(JsonWriter& json, const Source& source) {
  const SourceSettings& settings = source.settings;
  json.begin_object();
  json.field("id", to_int(source.id));
  json.field("url", settings.url);
  json.field("title", source.title());
  json.field_if("site_url", settings.site_url);
  json.field_if("language", settings.language);
  json.field_if("country", settings.country);
  write_texts(json, "topics", settings.topics);
  write_texts(json, "folder", settings.folder);
  json.field("enabled", settings.enabled);
  if (settings.interval) json.field("interval_seconds", settings.interval->count());
  json.field("added_at", source.added_at);
  write_state(json, source);
  json.end_object();
}

std::uint64_t fingerprint(const SourceQuery& query) {
  return hash64(fmt::format("{}\n{}\n{}\n{}", query.language, query.country, query.topic,
                            query.enabled ? static_cast<int>(*query.enabled) : -1));
}

Result<SourceQuery> query_of(const Parameters& parameters) {
  SourceQuery query;
  query.language = parameters.text("language").value_or("");
  query.country = parameters.text("country").value_or("");
  query.topic = parameters.text("topic").value_or("");
  query.enabled = parameters.flag("enabled");
  query.limit = static_cast<std::size_t>(parameters.number("limit").value_or(kDefaultLimit));
  if (const auto text = parameters.text("cursor")) {
    query.after = SourceId(TRY(decode_cursor(CursorKind::Sources, fingerprint(query), *text)).id);
  }
  return query;
}

Result<Content> list(const SourceStore& store, const Call& call) {
  SourceQuery query = TRY(query_of(call.parameters));
  ++query.limit;  // one more than asked tells whether there is a next page
  std::vector<Source> sources = TRY(store.find(query));
  std::string next_cursor;
  if (sources.size() == query.limit) {
    sources.pop_back();
    next_cursor =
        encode_cursor(CursorKind::Sources, fingerprint(query), {.id = to_int(sources.back().id)});
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
std::vector<Route> source_routes(const SourceStore& sources) {
  return {
      {.pattern = "/api/v1/sources",
       .access = Access::Reader,
       .parameters = kListParameters,
       .handler = [&](const Call& call) { return list(sources, call); }},
      {.pattern = "/api/v1/sources/{id}",
       .access = Access::Reader,
       .handler = [&](const Call& call) { return one(sources, call); }},
  };
}

}  // namespace tidings::serve
