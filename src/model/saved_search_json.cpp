#include "model/saved_search_json.h"

namespace tidings {

void write_saved_search(JsonWriter& json, const SavedSearch& search) {
  json.begin_object();
  json.field("id", to_int(search.id));
  json.field("name", search.text.name);
  json.field("query", search.text.query);
  json.field("canonical", search.text.canonical);
  json.field("standing", search.text.standing);
  json.field("created_at", search.created_at);
  json.field("changed_at", search.changed_at);
  json.field("unread", search.unread);
  if (search.last_match_at) json.field("last_match_at", *search.last_match_at);
  json.end_object();
}

}  // namespace tidings
