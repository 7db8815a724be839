#include "tests/support/publisher/feed_document.h"

#include "core/json_writer.h"
#include "core/xml_text.h"

namespace tidings::publisher {
namespace {

// What comes out of <name>…</name>, with its line end.
void append_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">").append(xml_text(text));
  out.append("</").append(name.substr(0, name.find(' '))).append(">\n");
}

void append_rss(std::string& out, const DocumentItem& item) {
  out += "<item>\n";
  append_element(out, "title", item.title);
  append_element(out, "link", item.url);
  append_element(out, "guid isPermaLink=\"true\"", item.url);
  append_element(out, "dc:creator", item.author);
  append_element(out, "category", item.topic);
  append_element(out, "pubDate", format_http_date(item.published));
  append_element(out, "description", item.summary);
  out.append("<content:encoded><![CDATA[").append(item.html);
  out += "]]></content:encoded>\n</item>\n";
}

std::string rss(const FeedHead& head, const std::vector<DocumentItem>& items) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n";
  append_element(out, "title", head.title);
  append_element(out, "link", head.site);
  append_element(out, "description", head.description);
  append_element(out, "language", head.language);
  for (const DocumentItem& item : items) append_rss(out, item);
  return out + "</channel>\n</rss>\n";
}

void append_atom(std::string& out, const DocumentItem& item) {
  const std::string time = format_rfc3339(item.published);
  out += "<entry>\n";
  append_element(out, "id", item.url);
  append_element(out, "title", item.title);
  out.append("<link rel=\"alternate\" href=\"").append(xml_attribute(item.url)).append("\"/>\n");
  append_element(out, "published", time);
  append_element(out, "updated", time);
  out.append("<author><name>").append(xml_text(item.author)).append("</name></author>\n");
  out.append("<category term=\"").append(xml_attribute(item.topic)).append("\"/>\n");
  if (item.summary != item.title) append_element(out, "summary", item.summary);
  append_element(out, "content type=\"html\"", item.html);
  out += "</entry>\n";
}

std::string atom(const FeedHead& head, const std::vector<DocumentItem>& items) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"";
  out.append(xml_attribute(head.language)).append("\">\n");
  append_element(out, "id", head.site);
  append_element(out, "title", head.title);
  append_element(out, "updated", format_rfc3339(head.updated));
  out.append("<link rel=\"alternate\" href=\"").append(xml_attribute(head.site)).append("\"/>\n");
  for (const DocumentItem& item : items) append_atom(out, item);
  return out + "</feed>\n";
}

void append_json(JsonWriter& json, const DocumentItem& item) {
  json.begin_object();
  json.field("id", item.url);
  json.field("url", item.url);
  json.field("title", item.title);
  if (item.summary != item.title) json.field("summary", item.summary);
  json.field("content_html", item.html);
  json.field("date_published", item.published);
  json.key("authors");
  json.begin_array();
  json.begin_object();
  json.field("name", item.author);
  json.end_object();
  json.end_array();
  json.key("tags");
  json.begin_array();
  json.value(item.topic);
  json.end_array();
  json.end_object();
}

std::string json_feed(const FeedHead& head, const std::vector<DocumentItem>& items) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("version", "https://jsonfeed.org/version/1.1");
  json.field("title", head.title);
  json.field("home_page_url", head.site);
  json.field("language", head.language);
  json.key("items");
  json.begin_array();
  for (const DocumentItem& item : items) append_json(json, item);
  json.end_array();
  json.end_object();
  return out;
}

}  // namespace

FeedText write_feed(FeedFormat format, const FeedHead& head,
                    const std::vector<DocumentItem>& items) {
  switch (format) {
    case FeedFormat::Rss:
      return {.body = rss(head, items), .content_type = "application/rss+xml; charset=utf-8"};
    case FeedFormat::Atom:
      return {.body = atom(head, items), .content_type = "application/atom+xml; charset=utf-8"};
    case FeedFormat::Json:
      break;
  }
  return {.body = json_feed(head, items), .content_type = "application/feed+json; charset=utf-8"};
}

}  // namespace tidings::publisher
