#include "serve/source_json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/access.h"

namespace tidings::serve {
namespace {

void write_if(JsonWriter& json, std::string_view name, const std::optional<Time>& time) {
  if (time) json.field(name, *time);
}

void write_record(JsonWriter& json, const SourceRecord& record) {
  if (record.fetches.empty()) return;
  json.key("record");
  json.begin_object();
  json.field("fetches", record.fetches_total);
  json.field("fetches_with_news", record.changes_total);
  json.field("changes_without_news", record.empty_changes_total);
  if (record.interval_average.count() > 0)
    json.field("interval_seconds_average", record.interval_average.count());
  if (record.body_bytes > 0) json.field("body_bytes", record.body_bytes);
  if (record.false_304s > 0) json.field("false_not_modified", record.false_304s);
  json.objects_if("last_fetches", record.fetches, [&json](const FetchRecord& fetch) {
    json.field("at", fetch.at);
    json.field("outcome", to_string(fetch.outcome));
    json.field_if("error_class", fetch.error_class);
  });
  json.end_object();
}

// Names, never values.
void write_access(JsonWriter& json, const std::string& stored) {
  if (stored.empty()) return;
  const AccessSummary access = access_summary(stored);
  json.key("access");
  json.begin_object();
  json.texts("headers", access.headers);
  json.field_if("user_agent", access.user_agent);
  json.field("proxy", access.has_proxy);
  json.end_object();
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
  json.field_if("fetched_url", state.fetched_url);
  write_record(json, state.record);
}

}  // namespace

void write_source(JsonWriter& json, const Source& source) {
  const SourceSettings& settings = source.settings;
  json.begin_object();
  json.field("id", to_int(source.id));
  json.field("url", settings.url);
  json.field("title", source.title());
  json.field_if("site_url", settings.site_url);
  json.field_if("language", settings.language);
  json.field_if("country", settings.country);
  json.texts_if("topics", settings.topics);
  json.texts_if("folder", settings.folder);
  json.field("kind", to_string(kind_of(settings.url)));
  json.field("full_text", to_string(settings.full_text));
  json.objects_if("extract_rules", settings.extract_rules, [&json](const ExtractRule& rule) {
    const std::string text = to_string(rule);
    json.field("field", std::string_view(text).substr(0, text.find('=')));
    json.field("selector", rule.selector);
  });
  write_access(json, settings.access);
  json.field("enabled", settings.enabled);
  if (settings.interval) json.field("interval_seconds", settings.interval->count());
  json.field("added_at", source.added_at);
  write_state(json, source);
  json.end_object();
}

}  // namespace tidings::serve
