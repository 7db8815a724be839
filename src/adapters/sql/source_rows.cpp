#include "adapters/sql/source_rows.h"

#include <bit>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/text_list.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

std::optional<Time> optional_time(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

std::vector<std::string> list(const Row& row, std::size_t column) {
  return decode_list(row.text(column)).value_or(std::vector<std::string>());
}

SourceSettings read_settings(const Row& row) {
  SourceSettings settings;
  settings.url = row.string(2);
  settings.title = row.string(3);
  settings.site_url = row.string(4);
  settings.language = row.string(5);
  settings.country = row.string(6);
  settings.topics = list(row, 7);
  settings.folder = list(row, 8);
  settings.enabled = row.integer(9) != 0;
  if (!row.is_null(10)) settings.interval = std::chrono::seconds(row.integer(10));
  settings.full_text = static_cast<FullText>(row.integer(28));
  for (const std::string& text : list(row, 29)) {
    if (Result<ExtractRule> rule = parse_extract_rule(text))
      settings.extract_rules.push_back(*std::move(rule));
  }
  settings.access = row.string(30);
  return settings;
}

SourceState read_state(const Row& row) {
  SourceState state;
  state.etag = row.string(11);
  state.last_modified = row.string(12);
  state.payload_hash = std::bit_cast<std::uint64_t>(row.integer(13));
  state.due_at = row.time(14);
  state.last_fetched_at = optional_time(row, 15);
  state.last_succeeded_at = optional_time(row, 16);
  state.last_new_at = optional_time(row, 17);
  state.failures = static_cast<std::int32_t>(row.integer(18));
  if (!row.is_null(19)) {
    state.problem = SourceProblem{
        .error_class = row.string(19), .message = row.string(20), .since = row.time(21)};
  }
  state.gone = row.integer(22) != 0;
  state.articles_per_day = row.real(23);
  state.fetched_url = row.string(24);
  state.feed_title = row.string(25);
  state.hubs = list(row, 26);
  if (!row.is_null(27)) state.ttl_minutes = static_cast<std::int32_t>(row.integer(27));
  state.record = decode_record(row.text(31));
  return state;
}

std::string record_text(const SourceRecord& record, bool brought_new) {
  if (!brought_new) return encode_record(record);
  SourceRecord noted = record;
  noted.note_new_articles();
  return encode_record(noted);
}

void make_storable(std::string& text) {
  std::string buffer;
  const std::string_view storable = storable_text(text, buffer);
  if (storable.data() != text.data()) text = std::string(storable);
}

}  // namespace

Source read_source(const Row& row) {
  return {.id = SourceId(row.integer(0)),
          .added_at = row.time(1),
          .settings = read_settings(row),
          .state = read_state(row)};
}

void add_settings(Parameters& parameters, SourceId id, Time added_at,
                  const SourceSettings& settings) {
  const Hash128 url_hash = hash128(settings.url);
  const Blob hash{parameters.keep(std::string(url_hash.begin(), url_hash.end()))};
  parameters.add(id, added_at, hash, settings.url, settings.title, settings.site_url,
                 settings.language, settings.country, parameters.keep(encode_list(settings.topics)),
                 parameters.keep(encode_list(settings.folder)), settings.enabled);
  if (settings.interval) {
    parameters.add(settings.interval->count());
  } else {
    parameters.add(Null{});
  }
  std::vector<std::string> rules;
  rules.reserve(settings.extract_rules.size());
  for (const ExtractRule& rule : settings.extract_rules) rules.push_back(to_string(rule));
  parameters.add(static_cast<int>(settings.full_text), parameters.keep(encode_list(rules)),
                 settings.access);
}

void add_state(Parameters& parameters, SourceId id, const SourceState& state, bool enabled,
               std::optional<Time> new_articles_at) {
  parameters.add(id, state.etag, state.last_modified,
                 std::bit_cast<std::int64_t>(state.payload_hash), state.due_at,
                 state.last_fetched_at, state.last_succeeded_at,
                 new_articles_at ? new_articles_at : state.last_new_at, state.failures);
  if (state.problem) {
    parameters.add(state.problem->error_class, state.problem->message, state.problem->since);
  } else {
    parameters.add(Null{}, Null{}, Null{});
  }
  parameters.add(state.gone, state.articles_per_day, state.fetched_url, state.feed_title,
                 parameters.keep(encode_list(state.hubs)), enabled && !state.gone);
  if (state.ttl_minutes) {
    parameters.add(*state.ttl_minutes);
  } else {
    parameters.add(Null{});
  }
  parameters.add(parameters.keep(record_text(state.record, new_articles_at.has_value())));
}

SourceSettings storable_settings(SourceSettings settings) {
  for (std::string* text : {&settings.url, &settings.title, &settings.site_url, &settings.access}) {
    make_storable(*text);
  }
  std::string buffer;
  settings.language = std::string(storable_tag(settings.language, buffer));
  settings.country = std::string(storable_tag(settings.country, buffer));
  for (std::string& topic : settings.topics) make_storable(topic);
  for (std::string& name : settings.folder) make_storable(name);
  for (ExtractRule& rule : settings.extract_rules) make_storable(rule.selector);
  return settings;
}

}  // namespace tidings::sql
