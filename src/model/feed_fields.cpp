#include "model/feed_fields.h"

namespace tidings {

void write_authors(JsonWriter& json, std::span<const Person> authors) {
  json.objects_if("authors", authors, [&json](const Person& author) {
    json.field_if("name", author.name);
    json.field_if("email", author.email);
    json.field_if("url", author.url);
  });
}

void write_enclosures(JsonWriter& json, std::span<const Enclosure> enclosures) {
  json.objects_if("enclosures", enclosures, [&json](const Enclosure& enclosure) {
    json.field_if("url", enclosure.url);
    json.field_if("type", enclosure.type);
    if (enclosure.length_bytes) json.field("length_bytes", *enclosure.length_bytes);
    json.field_if("title", enclosure.title);
  });
}

}  // namespace tidings
