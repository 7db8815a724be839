#include "parse/json_feed.h"

#include <cstdlib>
#include <initializer_list>
#include <string>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "parse/addresses.h"
#include "parse/cut_json.h"
#include "parse/feed_dates.h"
#include "parse/json_elements.h"
#include "parse/person.h"
#include "parse/problems.h"
#include "parse/text_document.h"
#include "text/html_entities.h"
#include "text/html_text.h"
#include "text/json_repair.h"

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
      : document_(document),
        url_(url),
        limits_(limits),
        addresses_(limits, document.problems),
        dates_(document.problems) {}

  // `root` holds the items; what it does not say of the feed, `about` may.
  void read(const object& root, const object& about) {
    Feed& feed = document_.feed;
    feed.title = plain(root, {"title"});
    feed.description = plain(root, {"description"});
    feed.self_url = address(root, {"feed_url"});
    feed.url = address(root, {"home_page_url", "link"});
    if (feed.title.empty()) feed.title = plain(about, {"title"});
    if (feed.description.empty()) feed.description = plain(about, {"description"});
    if (feed.url.empty()) feed.url = address(about, {"home_page_url", "link"});
    if (feed.self_url.empty()) feed.self_url = address(about, {"feed_url", "url"});
    feed.image = address(root, {"icon"});
    if (feed.image.empty()) feed.image = address(about, {"icon", "image"});
    feed.icon = address(root, {"favicon"});
    feed.language = bare(root, {"language"});
    feed.authors = people(root);
    for_each(root, "hubs", [&](const element& item) {
      std::string hub = address_of_item(item);
      if (!hub.empty() && feed.hubs.size() < limits_.values_max)
        feed.hubs.push_back(std::move(hub));
    });
    array list;
    if (root["items"].get(list) == simdjson::SUCCESS) read_items(list);
    dates_.settle(feed);
  }

 private:
  using Keys = std::initializer_list<std::string_view>;

  // The elements of an array; a value by itself, where some publishers leave out the brackets.
  static void for_each(const object& from, std::string_view key, auto&& act) {
    element value;
    if (from[key].get(value) != simdjson::SUCCESS || value.is_null()) return;
    array list;
    if (value.get(list) != simdjson::SUCCESS) return act(value);
    for (const element item : list) act(item);
  }

  // "https://…" or {"url": "https://…"}.
  std::string address_of_item(const element& item) {
    std::string_view text;
    if (item.get(text) == simdjson::SUCCESS) return absolute(text);
    object inner;
    return item.get(inner) == simdjson::SUCCESS ? address(inner, {"url", "href"}) : std::string();
  }

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
    Entry entry{.id = scalar(from, {"id", "guid"})};
    entry.id_is_url = istarts_with(entry.id, "http://") || istarts_with(entry.id, "https://");
    entry.url = address(from, {"url", "link", "permalink"});
    const std::string external = address(from, {"external_url"});
    if (entry.url.empty()) entry.url = external;
    if (entry.url.empty() && entry.id_is_url) entry.url = entry.id;
    if (!external.empty()) entry.extensions["json_feed:external_url"] = {external};
    entry.title = plain(from, {"title"});
    if (entry.title.empty()) entry.title = scalar(from, {"title"});
    entry.summary_html = text::escape_html(trim(text_of(from, {"summary"})));
    if (entry.summary_html.empty()) entry.summary_html = html(from, {"description"});
    entry.content_html = html(from, {"content_html", "content"});
    if (entry.content_html.empty()) entry.content_html = plain_content(from);
    entry.image = address(from, {"image", "banner_image", "thumbnail"});
    entry.published =
        time(from, {"date_published", "pubDate", "published"}, FeedDates::Field::Published);
    entry.updated = time(from, {"date_modified", "updated"}, FeedDates::Field::Updated);
    entry.language = bare(from, {"language"});
    entry.authors = people(from);
    read_tags(from, entry);
    for_each(from, "attachments", [&](const element& item) { read_attachment(item, entry); });
    for_each(from, "enclosure", [&](const element& item) { read_attachment(item, entry); });
    if (!(entry.summary_html.empty() && entry.content_html.empty())) {
      entry.base_url = addresses_.copied(!url_.empty()        ? url_
                                         : !entry.url.empty() ? entry.url
                                                              : document_.feed.url);
    }
    return entry;
  }

  // A list of words; some write one string with commas, or objects with names.
  void read_tags(const object& from, Entry& entry) const {
    const auto add = [&](std::string_view word) {
      if (entry.categories.size() >= limits_.values_max) return;
      if (std::string term = text::collapsed(word); !term.empty())
        entry.categories.push_back({.term = limited(term, limits_.text_bytes_max)});
    };
    element value;
    std::string_view words;
    if (from["tags"].get(value) == simdjson::SUCCESS && value.get(words) == simdjson::SUCCESS) {
      for (const std::string_view word : split(words, ',')) add(word);
      return;
    }
    for (const char* key : {"tags", "categories"}) {
      for_each(from, key, [&](const element& item) {
        object inner;
        std::string_view tag;
        if (item.get(tag) == simdjson::SUCCESS) return add(tag);
        if (item.get(inner) == simdjson::SUCCESS) add(text_of(inner, {"name", "term", "label"}));
      });
    }
  }

  void read_attachment(const element& item, Entry& entry) {
    object attachment;
    std::string_view bare_address;
    Enclosure enclosure;
    if (item.get(attachment) == simdjson::SUCCESS) {
      enclosure = {.url = address(attachment, {"url", "link", "href"}),
                   .type = bare(attachment, {"mime_type", "type"}),
                   .title = plain(attachment, {"title"})};
      const std::string size = scalar(attachment, {"size_in_bytes", "length"});
      const double bytes = std::strtod(size.c_str(), nullptr);
      if (!size.empty() && bytes >= 0 && bytes < 9e15)
        enclosure.length_bytes = static_cast<std::int64_t>(bytes);
    } else if (item.get(bare_address) == simdjson::SUCCESS) {
      enclosure.url = absolute(bare_address);
    }
    if (!enclosure.url.empty() && entry.enclosures.size() < limits_.values_max)
      entry.enclosures.push_back(std::move(enclosure));
  }

  // "authors" (1.1), else "author" (1.0): objects, or names where some publishers write only those.
  std::vector<Person> people(const object& from) {
    std::vector<Person> found;
    const auto add = [&](const element& item) {
      if (found.size() >= limits_.values_max) return;
      object author;
      std::string_view name;
      Person person;
      if (item.get(author) == simdjson::SUCCESS) {
        person = {.name = plain(author, {"name"}), .url = address(author, {"url", "uri"})};
        if (istarts_with(person.url, "mailto:")) {
          person.email = person.url.substr(7);
          person.url.clear();
        }
      } else if (item.get(name) == simdjson::SUCCESS) {
        person = parse_person(limited(text::plain_text(name), limits_.text_bytes_max));
      }
      if (!(person == Person{})) found.push_back(std::move(person));
    };
    for_each(from, "authors", add);
    if (found.empty()) for_each(from, "author", add);
    return found;
  }

  // The first of the keys that has a text.
  static std::string_view text_of(const object& from, Keys keys) {
    for (const std::string_view key : keys) {
      std::string_view value;
      if (from[key].get(value) == simdjson::SUCCESS && !value.empty()) return value;
    }
    return {};
  }

  // The same where some publishers write numbers.
  std::string scalar(const object& from, Keys keys) const {
    for (const std::string_view key : keys) {
      element value;
      if (from[key].get(value) != simdjson::SUCCESS) continue;
      if (value.is_string()) return bare(from, {key});
      if (value.is_number()) return simdjson::minify(value);
    }
    return {};
  }

  std::string limited(std::string_view text, std::size_t size_max) const {
    if (text.size() <= size_max) return std::string(text);
    add_problem(document_.problems, "A text was longer than its limit and was cut.");
    return std::string(utf8_prefix(text, size_max));
  }
  std::string bare(const object& from, Keys keys) const {
    return limited(trim(text_of(from, keys)), limits_.text_bytes_max);
  }
  std::string html(const object& from, Keys keys) const {
    return limited(trim(text_of(from, keys)), limits_.html_bytes_max);
  }
  // Lines stay lines.
  std::string plain_content(const object& from) const {
    const std::string plain = html(from, {"content_text"});
    return plain.find('\n') == std::string::npos ? text::escape_html(plain)
                                                 : html_of_plain_text(plain);
  }
  // Plain text by the format's word, but some publishers escape it as for HTML.
  std::string plain(const object& from, Keys keys) const {
    return limited(text::collapsed(text::decode_entities(text_of(from, keys))),
                   limits_.text_bytes_max);
  }
  std::string absolute(std::string_view given) {
    return addresses_.resolved(url_.empty() ? document_.feed.url : url_, given);
  }
  std::string address(const object& from, Keys keys) { return absolute(text_of(from, keys)); }

  std::optional<Time> time(const object& from, Keys keys, FeedDates::Field field) {
    return dates_.read_of_entry(scalar(from, keys), document_.feed.entries.size(), field);
  }

  FeedDocument& document_;
  const std::string url_;
  const ParseLimits& limits_;
  Addresses addresses_;
  FeedDates dates_;
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

constexpr std::string_view kMalformed = "malformed";

// JSON as it should be; kMalformed where it is none.
Result<void> read_sound(std::string_view utf8, std::string_view url, const ParseLimits& limits,
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
    return Error{ErrorKind::InvalidInput, simdjson::error_message(error), std::string(kMalformed)};
  }
  object feed, about;
  if (root.get(feed) != simdjson::SUCCESS)
    return not_a_feed("The document is JSON, but not a JSON Feed.");
  const bool has_about = feed["feed"].get(about) == simdjson::SUCCESS;
  array items;
  if (has_about && feed["items"].get(items) != simdjson::SUCCESS &&
      about["items"].get(items) == simdjson::SUCCESS) {
    add_problem(document.problems, "The JSON Feed is wrapped in an object.");
    feed = about;
  }
  const std::string version = version_of(feed);
  if (feed["items"].get(items) != simdjson::SUCCESS) {
    if (read_elements_in_json(feed, url, limits, document)) return {};
    if (version.empty()) {
      return not_a_feed(
          "The document is JSON, but not a JSON Feed: it has no version and no items.");
    }
  }
  if (version.empty()) add_problem(document.problems, "The JSON Feed does not say its version.");
  document.format = FeedFormat::JsonFeed;
  document.format_name =
      version.empty() ? "json_feed" : "json_feed " + (version == "1" ? "1.0" : version);
  JsonFeedReader(document, url, limits).read(feed, has_about ? about : feed);
  return {};
}

// Reads what was mended into `document`, which stays as it was where no entry comes of it.
bool read_mended(std::string_view utf8, std::string problem, std::string_view url,
                 const ParseLimits& limits, FeedDocument& document) {
  FeedDocument mended = document;
  mended.recovered = true;
  add_problem(mended.problems, std::move(problem));
  if (!read_sound(utf8, url, limits, mended) || mended.feed.entries.empty()) return false;
  document = std::move(mended);
  return true;
}

}  // namespace

Result<void> read_json_feed(std::string_view utf8, std::string_view url, const ParseLimits& limits,
                            FeedDocument& document) {
  Result<void> read = read_sound(utf8, url, limits, document);
  if (read || read.error().code != kMalformed) return read;
  std::string_view why = read.error().message;
  while (why.ends_with('.')) why.remove_suffix(1);
  const std::optional<std::string> whole = whole_part_of_json(utf8);
  if (whole && read_mended(*whole, "The JSON ends in the middle; what stood before was read.", url,
                           limits, document))
    return {};
  // Templates forget that a comma is one too many and that a line may not end in a string.
  const std::string list = text::repaired_json(utf8);
  const std::string_view value = std::string_view(list).substr(1, list.size() - 2);
  if (read_mended(value, fmt::format("The JSON is not well-formed: {}.", why), url, limits,
                  document))
    return {};
  return not_a_feed(fmt::format("The document begins like JSON but is not: {}.", why));
}

}  // namespace tidings::parse
