#include "parse/feed_json.h"

#include "core/json_writer.h"
#include "model/feed_fields.h"

namespace tidings::parse {
namespace {

void write_categories(JsonWriter& json, const std::vector<Category>& categories) {
  json.objects_if("categories", categories, [&json](const Category& category) {
    json.field_if("term", category.term);
    json.field_if("scheme", category.scheme);
    json.field_if("label", category.label);
  });
}

void write_extensions(JsonWriter& json, const Extensions& extensions) {
  if (extensions.empty()) return;
  json.key("extensions");
  json.begin_object();
  for (const auto& [name, values] : extensions) json.texts(name, values);
  json.end_object();
}

void write_numbers(JsonWriter& json, std::string_view key, const std::vector<int>& numbers) {
  if (numbers.empty()) return;
  json.key(key);
  json.begin_array();
  for (const int number : numbers) json.value(number);
  json.end_array();
}

void write_feed(JsonWriter& json, const Feed& feed) {
  json.begin_object();
  json.field_if("id", feed.id);
  json.field_if("title", feed.title);
  json.field_if("description", feed.description);
  json.field_if("url", feed.url);
  json.field_if("self_url", feed.self_url);
  json.field_if("language", feed.language);
  if (feed.updated) json.field("updated", *feed.updated);
  if (feed.published) json.field("published", *feed.published);
  write_authors(json, feed.authors);
  write_categories(json, feed.categories);
  json.field_if("rights", feed.rights);
  json.field_if("image", feed.image);
  json.field_if("icon", feed.icon);
  json.field_if("generator", feed.generator);
  if (feed.ttl_minutes) json.field("ttl_minutes", *feed.ttl_minutes);
  write_numbers(json, "skip_hours", feed.skip_hours);
  write_numbers(json, "skip_days", feed.skip_days);
  json.texts_if("hubs", feed.hubs);
  write_extensions(json, feed.extensions);
  json.end_object();
}

void write_entry(JsonWriter& json, const Entry& entry) {
  json.begin_object();
  json.field_if("id", entry.id);
  json.field_if("url", entry.url);
  json.field_if("title", entry.title);
  json.field_if("summary_html", entry.summary_html);
  json.field_if("content_html", entry.content_html);
  if (entry.published) json.field("published", *entry.published);
  if (entry.updated) json.field("updated", *entry.updated);
  write_authors(json, entry.authors);
  write_categories(json, entry.categories);
  write_enclosures(json, entry.enclosures);
  json.field_if("image", entry.image);
  json.field_if("comments_url", entry.comments_url);
  json.field_if("rights", entry.rights);
  json.field_if("language", entry.language);
  json.field_if("country", entry.country);
  write_extensions(json, entry.extensions);
  json.end_object();
}

}  // namespace

void write_feed_json(const FeedDocument& document, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.field("format", document.format_name);
  json.field("encoding", document.encoding);
  json.field("recovered", document.recovered);
  json.texts("problems", document.problems);
  json.key("feed");
  write_feed(json, document.feed);
  json.key("entries");
  json.begin_array();
  for (const Entry& entry : document.feed.entries) write_entry(json, entry);
  json.end_array();
  json.end_object();
}

}  // namespace tidings::parse
