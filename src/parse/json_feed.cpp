#include "parse/json_feed.h"

#include <string>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "parse/addresses.h"
#include "parse/problems.h"
#include "text/date.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

Error not_a_feed(std::string message) {
  return {ErrorKind::InvalidInput, std::move(message), "not_a_feed"};
}

class JsonFeedReader {
 public:
  JsonFeedReader(FeedDocument& document, std::string_view url, const ParseLimits& limits)
      : document_(document), url_(url), limits_(limits), addresses_(limits, document.problems) {}

  void read(const object& root) {
    Feed& feed = document_.feed;
    feed.title = plain(root, "title");
    feed.description = plain(root, "description");
    feed.self_url = address(root, "feed_url");
    feed.url = address(root, "home_page_url");
    feed.image = address(root, "icon");
    feed.icon = address(root, "favicon");
    feed.language = bare(root, "language");
    feed.authors = people(root);
    array list;
    if (root["hubs"].get(list) == simdjson::SUCCESS) {
      for (const element item : list) {
        object hub;
        if (item.get(hub) == simdjson::SUCCESS && feed.hubs.size() < limits_.values_max) {
          if (std::string hub_url = address(hub, "url"); !hub_url.empty())
            feed.hubs.push_back(std::move(hub_url));
        }
      }
    }
    if (root["items"].get(list) == simdjson::SUCCESS) read_items(list);
  }

 private:
  void read_items(const array& items) {
    for (const element item : items) {
      object entry;
      if (item.get(entry) != simdjson::SUCCESS) continue;
      if (document_.feed.entries.size() >= limits_.entries_max) {
        add_problem(document_.problems,
                    fmt::format("Only the first {} entries were read.", limits_.entries_max));
        return;
      }
      document_.feed.entries.push_back(read_entry(entry));
    }
  }

  Entry read_entry(const object& from) {
    Entry entry{.id = id(from)};
    entry.id_is_url = istarts_with(entry.id, "http://") || istarts_with(entry.id, "https://");
    entry.url = address(from, "url");
    const std::string external = address(from, "external_url");
    if (entry.url.empty()) entry.url = external;
    if (entry.url.empty() && entry.id_is_url) entry.url = entry.id;
    if (!external.empty()) entry.extensions["json_feed:external_url"] = {external};
    entry.title = plain(from, "title");
    entry.summary_html = text::escape_html(trim(text_of(from, "summary")));
    entry.content_html = limited(trim(text_of(from, "content_html")), limits_.html_bytes_max);
    if (entry.content_html.empty()) {
      entry.content_html =
          text::escape_html(limited(trim(text_of(from, "content_text")), limits_.html_bytes_max));
    }
    entry.image = address(from, "image");
    if (entry.image.empty()) entry.image = address(from, "banner_image");
    entry.published = time(from, "date_published");
    entry.updated = time(from, "date_modified");
    entry.language = bare(from, "language");
    entry.authors = people(from);
    read_tags(from, entry);
    read_attachments(from, entry);
    if (!(entry.summary_html.empty() && entry.content_html.empty())) {
      entry.base_url = addresses_.copied(!url_.empty()        ? url_
                                         : !entry.url.empty() ? entry.url
                                                              : document_.feed.url);
    }
    return entry;
  }

  void read_tags(const object& from, Entry& entry) const {
    array tags;
    if (from["tags"].get(tags) != simdjson::SUCCESS) return;
    for (const element item : tags) {
      std::string_view tag;
      if (item.get(tag) != simdjson::SUCCESS || entry.categories.size() >= limits_.values_max)
        continue;
      if (std::string term = text::collapsed(tag); !term.empty()) {
        entry.categories.push_back({.term = limited(term, limits_.text_bytes_max)});
      }
    }
  }

  void read_attachments(const object& from, Entry& entry) {
    array attachments;
    if (from["attachments"].get(attachments) != simdjson::SUCCESS) return;
    for (const element item : attachments) {
      object attachment;
      if (item.get(attachment) != simdjson::SUCCESS ||
          entry.enclosures.size() >= limits_.values_max)
        continue;
      Enclosure enclosure{.url = address(attachment, "url"),
                          .type = bare(attachment, "mime_type"),
                          .title = plain(attachment, "title")};
      double size = 0;
      if (attachment["size_in_bytes"].get(size) == simdjson::SUCCESS && size >= 0 && size < 9e15) {
        enclosure.length_bytes = static_cast<std::int64_t>(size);
      }
      if (!enclosure.url.empty()) entry.enclosures.push_back(std::move(enclosure));
    }
  }

  // "authors" (1.1), else "author" (1.0).
  std::vector<Person> people(const object& from) {
    std::vector<Person> found;
    const auto add = [&](const element& item) {
      object author;
      if (item.get(author) != simdjson::SUCCESS || found.size() >= limits_.values_max) return;
      Person person{.name = plain(author, "name"), .url = address(author, "url")};
      if (istarts_with(person.url, "mailto:")) {
        person.email = person.url.substr(7);
        person.url.clear();
      }
      if (!(person == Person{})) found.push_back(std::move(person));
    };
    array authors;
    if (from["authors"].get(authors) == simdjson::SUCCESS) {
      for (const element item : authors) add(item);
    }
    element author;
    if (found.empty() && from["author"].get(author) == simdjson::SUCCESS) add(author);
    return found;
  }

  static std::string_view text_of(const object& from, std::string_view key) {
    std::string_view value;
    return from[key].get(value) == simdjson::SUCCESS ? value : std::string_view();
  }

  // Some publishers write numbers.
  std::string id(const object& from) const {
    element value;
    if (from["id"].get(value) != simdjson::SUCCESS) return {};
    if (value.is_string()) return bare(from, "id");
    return value.is_number() ? simdjson::minify(value) : std::string();
  }

  std::string limited(std::string_view text, std::size_t size_max) const {
    if (text.size() <= size_max) return std::string(text);
    add_problem(document_.problems, "A text was longer than its limit and was cut.");
    return std::string(utf8_prefix(text, size_max));
  }
  std::string bare(const object& from, std::string_view key) const {
    return limited(trim(text_of(from, key)), limits_.text_bytes_max);
  }
  // Plain text by the format's word, but some publishers escape it as for HTML.
  std::string plain(const object& from, std::string_view key) const {
    return limited(text::collapsed(text::decode_entities(text_of(from, key))),
                   limits_.text_bytes_max);
  }
  std::string address(const object& from, std::string_view key) {
    return addresses_.resolved(url_.empty() ? document_.feed.url : url_, text_of(from, key));
  }
  std::optional<Time> time(const object& from, std::string_view key) const {
    const std::string_view value = trim(text_of(from, key));
    if (value.empty()) return std::nullopt;
    const std::optional<Time> read = text::parse_feed_date(value);
    if (!read) {
      add_problem(document_.problems,
                  fmt::format("A date could not be read: \"{}\".", utf8_prefix(value, 40)));
    }
    return read;
  }

  FeedDocument& document_;
  const std::string url_;
  const ParseLimits& limits_;
  Addresses addresses_;
};

// "https://jsonfeed.org/version/1.1" is "1.1"; some write the number alone.
std::string version_of(const object& root) {
  std::string_view version;
  if (root["version"].get(version) != simdjson::SUCCESS) return {};
  constexpr std::string_view kAddress = "jsonfeed.org/version/";
  const std::size_t at = version.find(kAddress);
  if (at != std::string_view::npos) return std::string(version.substr(at + kAddress.size(), 8));
  return version == "1" || version == "1.0" || version == "1.1" ? std::string(version)
                                                                : std::string();
}

}  // namespace

Result<void> read_json_feed(std::string_view utf8, std::string_view url, const ParseLimits& limits,
                            FeedDocument& document) {
  simdjson::dom::parser parser;
  if (parser.allocate(utf8.size() + 64, limits.depth_max) != simdjson::SUCCESS) {
    return Error{ErrorKind::InvalidInput, "The document is too large.", "too_large"};
  }
  element root;
  const simdjson::padded_string padded(utf8);
  if (const auto error = parser.parse(padded).get(root); error != simdjson::SUCCESS) {
    if (error == simdjson::DEPTH_ERROR) {
      return Error{ErrorKind::InvalidInput, "The JSON is nested too deeply.", "too_deep"};
    }
    return not_a_feed(fmt::format("The document begins like JSON but is not: {}.",
                                  simdjson::error_message(error)));
  }
  object feed;
  if (root.get(feed) != simdjson::SUCCESS)
    return not_a_feed("The document is JSON, but not a JSON Feed.");
  const std::string version = version_of(feed);
  array items;
  if (version.empty() && feed["items"].get(items) != simdjson::SUCCESS) {
    return not_a_feed("The document is JSON, but not a JSON Feed: it has no version and no items.");
  }
  if (version.empty()) add_problem(document.problems, "The JSON Feed does not say its version.");
  document.format = FeedFormat::JsonFeed;
  document.format_name =
      version.empty() ? "json_feed" : "json_feed " + (version == "1" ? "1.0" : version);
  JsonFeedReader(document, url, limits).read(feed);
  return {};
}

}  // namespace tidings::parse
