#include "gofeed_view.h"

#include <optional>
#include <string_view>

#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::corpus {
namespace {

using nlohmann::json;

std::string text_at(const json& object, const char* key) {
  return object.contains(key) && object[key].is_string() ? object[key].get<std::string>()
                                                         : std::string();
}

// One spelling of an address: "http://example.org" is "http://example.org/".
std::string address(const std::string& url) {
  const std::string tidy = resolve_url({}, trim(url));
  return tidy.empty() ? std::string(trim(url)) : tidy;
}

std::string time_text(const std::optional<Time>& time) {
  return time ? format_rfc3339(*time) : std::string();
}

void put(json& view, const char* key, const std::string& value) {
  if (!value.empty()) view[key] = value;
}

void put(json& view, const char* key, json list) {
  if (!list.empty()) view[key] = std::move(list);
}

json person(const json& from) {
  json view = json::object();
  put(view, "name", text::plain_text(text_at(from, "name")));
  put(view, "email", text_at(from, "email"));
  put(view, "url", address(text_at(from, from.contains("uri") ? "uri" : "url")));
  return view;
}

json people(const json& from) {
  json list = json::array();
  if (from.contains("authors")) {
    for (const json& author : from["authors"]) list.push_back(person(author));
  } else if (from.contains("author") && from["author"].is_object()) {
    list.push_back(person(from["author"]));
  }
  return list;
}

// "Name", "address (Name)" and "Name (address)" as the translator's own pairs read them.
json person_of_line(const std::string& line) {
  const std::string plain = text::plain_text(line);
  const std::size_t open = plain.find('('), close = plain.find(')');
  json view = json::object();
  const auto add = [&](std::string_view part) {
    part = trim(part);
    if (!part.empty()) view[part.find('@') != std::string_view::npos ? "email" : "name"] = part;
  };
  if (open == std::string::npos || close == std::string::npos) {
    add(plain);
  } else {
    add(std::string_view(plain).substr(0, open));
    add(std::string_view(plain).substr(open + 1, close - open - 1));
  }
  return view;
}

void add_rss_people(json& view, const json& from) {
  json list = json::array();
  for (const char* key : {"author", "managingEditor"}) {
    if (!text_at(from, key).empty()) list.push_back(person_of_line(text_at(from, key)));
  }
  for (const char* key : {"creator", "author"}) {
    if (!from.contains("dcExt") || !from["dcExt"].contains(key)) continue;
    for (const json& name : from["dcExt"][key]) list.push_back(person_of_line(name));
  }
  if (list.empty() && from.contains("itunesExt") && !text_at(from["itunesExt"], "author").empty()) {
    list.push_back(person_of_line(text_at(from["itunesExt"], "author")));
  }
  if (list.empty() && !text_at(from, "webMaster").empty())
    list.push_back(person_of_line(text_at(from, "webMaster")));
  put(view, "authors", list);
}

// gofeed has strings, or objects with a value, a term or a label.
json categories(const json& from) {
  json list = json::array();
  const auto add = [&](const std::string& name) {
    if (std::string plain = text::plain_text(name); !plain.empty()) list.push_back(plain);
  };
  if (from.contains("categories")) {
    for (const json& category : from["categories"]) {
      if (category.is_string()) {
        add(category);
      } else {
        const std::string label = text_at(category, "label");
        const std::string term = text_at(category, category.contains("value") ? "value" : "term");
        add(label.empty() ? term : label);
      }
    }
  }
  if (from.contains("dcExt") && from["dcExt"].contains("subject") && !from.contains("categories")) {
    for (const json& subject : from["dcExt"]["subject"]) add(subject);
  }
  return list;
}

json enclosures(const json& from) {
  json list = json::array();
  if (!from.contains("enclosures")) return list;
  for (const json& enclosure : from["enclosures"]) {
    json view = json::object();
    put(view, "url", address(text_at(enclosure, "url")));
    put(view, "type", text_at(enclosure, "type"));
    put(view, "length", text_at(enclosure, "length"));
    list.push_back(std::move(view));
  }
  return list;
}

std::string image_url(const json& from) {
  return from.contains("image") && from["image"].is_object()
             ? address(text_at(from["image"], "url"))
             : std::string();
}

void add_atom_links(json& view, const json& from) {
  json list = json::array();
  if (from.contains("links")) {
    for (const json& link : from["links"]) {
      const std::string relation = text_at(link, "rel"), href = address(text_at(link, "href"));
      if (relation == "alternate" && !href.empty() && !view.contains("url")) view["url"] = href;
      if (relation == "self") put(view, "self_url", href);
      if (relation == "enclosure") list.push_back({{"url", href}, {"type", text_at(link, "type")}});
    }
  }
  put(view, "enclosures", list);
}

void add_times(json& view, const json& from, const char* published, const char* updated) {
  put(view, "published", text_at(from, published));
  put(view, "updated", text_at(from, updated));
}

std::string atom_generator(const json& from) {
  if (!from.contains("generator") || !from["generator"].is_object()) return {};
  const json& generator = from["generator"];
  std::string text = text_at(generator, "value");
  if (const std::string version = text_at(generator, "version"); !version.empty())
    text += " v" + version;
  if (const std::string uri = text_at(generator, "uri"); !uri.empty()) text += " " + uri;
  return std::string(trim(text));
}

json rss_feed(const json& from) {
  json view = json::object();
  put(view, "title", text::plain_text(text_at(from, "title")));
  put(view, "description", text::plain_text(text_at(from, "description")));
  put(view, "url", address(text_at(from, "link")));
  put(view, "language", text_at(from, "language"));
  put(view, "rights", text::plain_text(text_at(from, "copyright")));
  put(view, "generator", text::plain_text(text_at(from, "generator")));
  put(view, "ttl", text_at(from, "ttl"));
  for (const char* key : {"skipHours", "skipDays"}) {
    if (from.contains(key)) put(view, key, from[key]);
  }
  if (from.contains("cloud") && from["cloud"].is_object()) {
    put(view, "cloud", text_at(from["cloud"], "domain"));
    put(view, "cloud_path", text_at(from["cloud"], "path"));
  }
  put(view, "image", image_url(from));
  put(view, "categories", categories(from));
  add_times(view, from, "pubDateParsed", "lastBuildDateParsed");
  add_rss_people(view, from);
  return view;
}

json rss_entry(const json& from) {
  json view = json::object();
  if (from.contains("guid")) put(view, "id", text::plain_text(text_at(from["guid"], "value")));
  put(view, "title", text::plain_text(text_at(from, "title")));
  put(view, "summary", text_at(from, "description"));
  put(view, "content", text_at(from, "content"));
  put(view, "url", address(text_at(from, "link")));
  put(view, "comments", address(text_at(from, "comments")));
  put(view, "categories", categories(from));
  put(view, "enclosures", enclosures(from));
  for (const json& enclosure : enclosures(from)) {  // as gofeed's translator has it
    if (text_at(enclosure, "type").starts_with("image/")) view["image"] = enclosure["url"];
  }
  add_times(view, from, "pubDateParsed", "updatedParsed");
  add_rss_people(view, from);
  return view;
}

json atom_view(const json& from) {
  json view = json::object();
  put(view, "id", text_at(from, "id"));
  put(view, "title", text::plain_text(text_at(from, "title")));
  put(view, "description", text::plain_text(text_at(from, "subtitle")));
  put(view, "language", text_at(from, "language"));
  put(view, "rights", text::plain_text(text_at(from, "rights")));
  put(view, "generator", atom_generator(from));
  put(view, "image", address(text_at(from, from.contains("logo") ? "logo" : "icon")));
  put(view, "summary", text_at(from, "summary"));
  if (from.contains("content")) put(view, "content", text_at(from["content"], "value"));
  put(view, "categories", categories(from));
  put(view, "authors", people(from));
  add_times(view, from, "publishedParsed", "updatedParsed");
  add_atom_links(view, from);
  return view;
}

json translated_view(const json& from, bool is_json) {
  json view = json::object();
  put(view, "id", text_at(from, "guid"));
  put(view, "title", text::plain_text(text_at(from, "title")));
  put(view, from.contains("items") ? "description" : "summary",
      from.contains("items") ? text::plain_text(text_at(from, "description"))
                             : text_at(from, "description"));
  put(view, "content", text_at(from, "content"));
  put(view, "url", address(text_at(from, "link")));
  put(view, "self_url", address(text_at(from, "feedLink")));
  put(view, "language", text_at(from, "language"));
  put(view, "rights", text::plain_text(text_at(from, "copyright")));
  put(view, "generator", text_at(from, "generator"));
  put(view, "image", image_url(from));
  put(view, "categories", categories(from));
  put(view, "enclosures", enclosures(from));
  put(view, "authors", people(from));
  if (!(is_json && from.contains("items")))
    add_times(view, from, "publishedParsed", "updatedParsed");
  return view;
}

json json_view(const json& from) {
  json view = json::object();
  put(view, "id", text_at(from, "id"));
  put(view, "title", text_at(from, "title"));
  put(view, "description", text_at(from, "description"));
  put(view, "summary", text_at(from, "summary"));
  put(view, "content", text_at(from, "content_html"));
  put(view, "url", address(text_at(from, from.contains("items") ? "home_page_url" : "url")));
  put(view, "self_url", address(text_at(from, "feed_url")));
  put(view, "image", address(text_at(from, from.contains("items") ? "icon" : "image")));
  put(view, "authors", people(from));
  add_times(view, from, "date_published", "date_modified");
  if (from.contains("tags")) view["categories"] = from["tags"];
  json list = json::array();
  if (from.contains("attachments")) {
    for (const json& attachment : from["attachments"]) {
      list.push_back({{"url", text_at(attachment, "url")},
                      {"type", text_at(attachment, "mime_type")},
                      {"length", std::to_string(attachment.value("size_in_bytes", 0))}});
    }
  }
  put(view, "enclosures", list);
  return view;
}

// Makes href and src absolute, as the stage behind the parser does.
std::string with_absolute_urls(std::string html, const std::string& base) {
  for (const std::string_view attribute : {"href=\"", "src=\""}) {
    for (std::size_t at = 0; (at = html.find(attribute, at)) != std::string::npos;) {
      at += attribute.size();
      const std::size_t size = html.find('"', at) - at;
      const std::string absolute = resolve_url(base, html.substr(at, size));
      if (!absolute.empty()) html.replace(at, size, absolute);
    }
  }
  return html;
}

json person_view(const Person& person) {
  json view = json::object();
  put(view, "name", person.name);
  put(view, "email", person.email);
  put(view, "url", person.url);
  return view;
}

template <class From>
void add_lists(json& view, const From& from) {
  json authors = json::array(), names = json::array();
  for (const Person& person : from.authors) authors.push_back(person_view(person));
  for (const Category& category : from.categories) {
    const std::string& name = category.label.empty() ? category.term : category.label;
    if (!name.empty()) names.push_back(name);
  }
  put(view, "authors", authors);
  put(view, "categories", names);
  put(view, "published", time_text(from.published));
  put(view, "updated", time_text(from.updated));
  put(view, "title", from.title);
  put(view, "url", from.url);
  put(view, "rights", from.rights);
}

json entry_view(const Entry& entry, FeedFormat format) {
  json view = json::object();
  add_lists(view, entry);
  if (format != FeedFormat::Rdf) put(view, "id", entry.id);
  if (entry.url == entry.id || address(entry.id) == entry.url) view["url_is_id"] = true;
  put(view, "summary", with_absolute_urls(entry.summary_html, entry.base_url));
  put(view, "content", with_absolute_urls(entry.content_html, entry.base_url));
  put(view, "image", entry.image);
  put(view, "comments", entry.comments_url);
  json list = json::array();
  for (const Enclosure& enclosure : entry.enclosures) {
    json one = json::object();
    put(one, "url", enclosure.url);
    put(one, "type", enclosure.type);
    if (enclosure.length_bytes) one["length"] = std::to_string(*enclosure.length_bytes);
    list.push_back(std::move(one));
  }
  put(view, "enclosures", list);
  return view;
}

void add_skipped(json& view, const Feed& feed) {
  constexpr const char* kDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
  json hours = json::array(), days = json::array();
  for (const int hour : feed.skip_hours) hours.push_back(std::to_string(hour));
  for (const int day : feed.skip_days) days.push_back(kDays[day]);
  put(view, "skipHours", hours);
  put(view, "skipDays", days);
}

bool is_html(const std::string& key) {
  return key == "summary" || key == "content";
}
bool is_plain(const std::string& key) {
  return key == "title" || key == "description" || key == "rights" || key == "generator";
}

// Ours is sanitizable HTML where gofeed has the characters, and plain text where gofeed keeps
// markup.
bool same_value(const std::string& key, const json& expected, const json& actual) {
  if (expected == actual) return true;
  if (!expected.is_string() || !actual.is_string()) return false;
  const std::string theirs = expected, ours = actual;
  if (is_html(key)) {
    return text::collapsed(theirs) == text::collapsed(ours) ||
           text::collapsed(text::escape_html(theirs)) == text::collapsed(ours);
  }
  return is_plain(key) && text::collapsed(theirs) == text::plain_text(ours);
}

std::string dump(const json& view, const std::string& key) {
  return view.contains(key) ? view[key].dump() : "nothing";
}

// gofeed fills the one time from the other, and has no address where it is only the id.
bool is_copied(const std::string& key, const json& expected, const json& actual) {
  const std::string other = key == "published" ? "updated" : "published";
  if ((key == "published" || key == "updated") && !actual.contains(key)) {
    return expected.contains(other) && expected[key] == expected[other];
  }
  return key == "url" && !expected.contains("url") && actual.contains("url_is_id");
}

std::string difference(const json& expected, const json& actual, const std::string& where) {
  json keys = expected;
  keys.update(actual);
  for (const auto& [key, value] : keys.items()) {
    if (key == "url_is_id") continue;
    const bool both = expected.contains(key) && actual.contains(key);
    if (both && same_value(key, expected[key], actual[key])) continue;
    if (!both && is_copied(key, expected, actual)) continue;
    return where + key + ": expected " + dump(expected, key) + ", got " + dump(actual, key);
  }
  return {};
}

}  // namespace

json view_of_expected(const json& expected, GofeedShape shape) {
  json view = {{"entries", json::array()}};
  const std::string version =
      text_at(expected, shape == GofeedShape::Translator ? "feedVersion" : "version");
  view["version"] = version == "0.9" ? "0.90" : version;
  const bool is_json = text_at(expected, "feedType") == "json";
  const auto one = [&](const json& from, bool is_feed) {
    switch (shape) {
      case GofeedShape::RssParser:
        return is_feed ? rss_feed(from) : rss_entry(from);
      case GofeedShape::AtomParser:
        return atom_view(from);
      case GofeedShape::JsonParser:
        return json_view(from);
      default:
        return translated_view(from, is_json);
    }
  };
  view["feed"] = one(expected, true);
  const char* items = shape == GofeedShape::AtomParser ? "entries" : "items";
  if (expected.contains(items)) {
    for (const json& item : expected[items]) view["entries"].push_back(one(item, false));
  }
  return view;
}

json view_of_document(const FeedDocument& document) {
  json view = {{"entries", json::array()}};
  const std::size_t space = document.format_name.find(' ');
  view["version"] = space == std::string::npos ? "" : document.format_name.substr(space + 1);
  const Feed& feed = document.feed;
  json& to = view["feed"] = json::object();
  add_lists(to, feed);
  if (document.format != FeedFormat::Rdf) put(to, "id", feed.id);
  put(to, "description", feed.description);
  put(to, "self_url", feed.self_url);
  put(to, "language", feed.language);
  put(to, "generator", std::string(trim(feed.generator)));
  put(to, "image", feed.image.empty() ? feed.icon : feed.image);
  if (feed.ttl_minutes) to["ttl"] = std::to_string(*feed.ttl_minutes);
  add_skipped(to, feed);
  for (const auto& [name, key] :
       {std::pair("rss:cloud@domain", "cloud"), std::pair("rss:cloud@path", "cloud_path")}) {
    if (const auto cloud = feed.extensions.find(name); cloud != feed.extensions.end())
      put(to, key, cloud->second.at(0));
  }
  for (const Entry& entry : feed.entries)
    view["entries"].push_back(entry_view(entry, document.format));
  return view;
}

std::string first_difference(const json& expected, const json& actual) {
  if (expected["version"] != actual["version"]) {
    return "version: expected " + expected["version"].dump() + ", got " + actual["version"].dump();
  }
  if (std::string found = difference(expected["feed"], actual["feed"], "feed."); !found.empty())
    return found;
  if (expected["entries"].size() != actual["entries"].size()) {
    return "entries: expected " + std::to_string(expected["entries"].size()) + ", got " +
           std::to_string(actual["entries"].size());
  }
  for (std::size_t i = 0; i < expected["entries"].size(); ++i) {
    std::string found = difference(expected["entries"][i], actual["entries"][i],
                                   "entries[" + std::to_string(i) + "].");
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace tidings::corpus
