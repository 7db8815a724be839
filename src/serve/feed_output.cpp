#include "serve/feed_output.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/json_writer.h"
#include "core/xml_text.h"

namespace tidings::serve {
namespace {

constexpr std::string_view kTitle = "Tidings";

// Article ids are unique on this server; the server's own address may change.
std::string urn(const ArticleSummary& article) {
  return fmt::format("urn:tidings:article:{}", to_int(article.id));
}

Time changed_at(const ArticleSummary& article) {
  return std::max(article.published, article.updated.value_or(article.published));
}

Time newest(std::span<const FeedItem> items) {
  Time newest{};
  for (const FeedItem& item : items) newest = std::max(newest, changed_at(item.article));
  return newest;
}

void append_entry(std::string& out, const FeedItem& item) {
  const ArticleSummary& article = item.article;
  out +=
      fmt::format("<entry><id>{}</id><title>{}</title>\n", urn(article), xml_text(article.title));
  if (!article.url.empty()) {
    out += fmt::format("<link rel=\"alternate\" href=\"{}\"/>\n", xml_attribute(article.url));
  }
  out += fmt::format("<published>{}</published><updated>{}</updated>\n",
                     format_rfc3339(article.published), format_rfc3339(changed_at(article)));
  for (const Person& author : article.authors) {
    // A person needs a name (RFC 4287 §3.2.1).
    const std::string& name = !author.name.empty() ? author.name : author.email;
    if (!name.empty()) out += fmt::format("<author><name>{}</name></author>\n", xml_text(name));
  }
  for (const std::string& category : article.categories) {
    out += fmt::format("<category term=\"{}\"/>\n", xml_attribute(category));
  }
  if (!article.summary.empty()) {
    out += fmt::format("<summary>{}</summary>\n", xml_text(article.summary));
  }
  out += fmt::format("<source><id>urn:tidings:source:{}</id><title>{}</title><updated>{}</updated>",
                     to_int(article.source_id), xml_text(item.source.title),
                     format_rfc3339(changed_at(article)));
  if (!item.source.site_url.empty()) {
    out +=
        fmt::format("<link rel=\"alternate\" href=\"{}\"/>", xml_attribute(item.source.site_url));
  }
  out += "</source></entry>\n";
}

}  // namespace

std::string atom_feed(const FeedPage& page, std::span<const FeedItem> items) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
      "<id>{0}{1}</id><title>{2}</title><updated>{3}</updated>\n"
      "<author><name>{2}</name></author>\n"
      "<link rel=\"self\" type=\"application/atom+xml\" href=\"{0}{1}\"/>\n"
      "<link rel=\"alternate\" type=\"text/html\" href=\"{0}/\"/>\n",
      xml_attribute(page.public_url), xml_attribute(page.target), kTitle,
      format_rfc3339(newest(items)));
  if (!page.next_target.empty()) {  // RFC 5005 §3
    out += fmt::format("<link rel=\"next\" href=\"{}{}\"/>\n", xml_attribute(page.public_url),
                       xml_attribute(page.next_target));
  }
  for (const FeedItem& item : items) append_entry(out, item);
  out += "</feed>\n";
  return out;
}

std::string json_feed(const FeedPage& page, std::span<const FeedItem> items) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("version", "https://jsonfeed.org/version/1.1");
  json.field("title", kTitle);
  json.field("home_page_url", page.public_url + "/");
  json.field("feed_url", page.public_url + page.target);
  if (!page.next_target.empty()) json.field("next_url", page.public_url + page.next_target);
  json.key("items");
  json.begin_array();
  for (const auto& [article, source] : items) {
    json.begin_object();
    json.field("id", urn(article));
    json.field_if("url", article.url);
    json.field_if("title", article.title);
    json.field("content_text", article.summary);  // one of the contents has to be there
    json.field_if("image", article.image);
    json.field("date_published", article.published);
    if (article.updated) json.field("date_modified", *article.updated);
    json.field_if("language", article.language);
    json.objects_if("authors", article.authors, [&json](const Person& author) {
      json.field_if("name", author.name);
      json.field_if("url", author.url);
    });
    json.texts_if("tags", article.categories);
    json.key("_tidings");
    json.begin_object();
    json.field("source_id", to_int(article.source_id));
    json.field_if("source_title", source.title);
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace tidings::serve
