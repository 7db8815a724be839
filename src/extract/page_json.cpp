#include "extract/page_json.h"

#include "core/json_writer.h"

namespace tidings::extract {

void write_page_json(const ExtractedPage& page, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.field("url", page.url);
  json.field("title", page.title);
  json.texts("authors", page.authors);
  if (page.published) json.field("published", *page.published);
  if (page.modified) json.field("modified", *page.modified);
  json.field_if("language", page.language);
  json.field_if("site", page.site);
  json.field_if("image", page.image);
  json.field("html", page.html);
  json.field("text", page.text);
  json.end_object();
}

}  // namespace tidings::extract
