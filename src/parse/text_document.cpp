#include "parse/text_document.h"

#include <algorithm>
#include <array>
#include <optional>

#include <simdjson.h>

#include "core/strings.h"
#include "text/date.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kTitleBytesMax = 200;
constexpr std::size_t kNameBytesMax = 60;
constexpr std::size_t kValuesMax = 256;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = trim(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool begins_with_blank_line(std::string_view text) {
  return trim(text.substr(0, text.find('\n'))).empty();
}

void skip_blank_lines(std::string_view& text) {
  while (!text.empty() && begins_with_blank_line(text)) take_line(text);
}

// What follows "Name:" in a line, where that is how it begins.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  if (!istarts_with(line, name)) return std::nullopt;
  return trim(line.substr(name.size()));
}

bool take_byline(std::string_view line, Entry& entry) {
  for (const std::string_view name : {"author:", "by:", "by "}) {
    if (const auto value = value_of(line, name)) {
      // "By the time they came, it was over." is no byline.
      if (value->empty() || value->size() > kNameBytesMax || value->ends_with('.')) return false;
      entry.authors.push_back({.name = std::string(*value)});
      return true;
    }
  }
  for (const std::string_view name : {"date:", "published:"}) {
    if (const auto value = value_of(line, name)) {
      entry.published = text::parse_feed_date(*value);
      return entry.published.has_value();
    }
  }
  return false;
}

// The first of these names that the object has, as text.
std::string text_at(const object& from, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    std::string_view text;
    std::int64_t number = 0;
    if (from[name].get(text) == simdjson::SUCCESS && !trim(text).empty())
      return std::string(trim(text));
    if (from[name].get(number) == simdjson::SUCCESS) return std::to_string(number);
  }
  return {};
}

std::optional<Time> time_at(const object& from, std::initializer_list<const char*> names) {
  const std::string text = text_at(from, names);
  return text.empty() ? std::nullopt : text::parse_feed_date(text);
}

// A text, an object with a name, or a list of both; `take` gets each.
template <class Take>
void each_name(const element& value, Take take) {
  std::string_view text;
  object named;
  array list;
  if (value.get(text) == simdjson::SUCCESS) {
    take(trim(text));
  } else if (value.get(named) == simdjson::SUCCESS) {
    take(text_at(named, {"name", "title", "label", "url"}));
  } else if (value.get(list) == simdjson::SUCCESS) {
    std::size_t seen = 0;
    for (const element item : list) {
      array nested;  // lists in lists are nobody's names
      if (++seen > kValuesMax) return;
      if (item.get(nested) != simdjson::SUCCESS) each_name(item, take);
    }
  }
}

template <class Take>
void each_name_at(const object& from, std::initializer_list<const char*> names, Take take) {
  for (const char* name : names) {
    element value;
    if (from[name].get(value) == simdjson::SUCCESS) return each_name(value, take);
  }
}

std::string content_of(const object& from) {
  std::string html = text_at(from, {"html", "content_html"});
  if (!html.empty()) return html;
  std::string text =
      text_at(from, {"text", "content", "body", "articleBody", "content_text", "full_text"});
  return text.starts_with('<') ? text : html_of_plain_text(text);
}

}  // namespace

std::string html_of_plain_text(std::string_view plain) {
  std::string html;
  bool in_paragraph = false;
  while (!plain.empty()) {
    const std::size_t end = std::min(plain.find('\n'), plain.size());
    const std::string_view line = trim(plain.substr(0, end));
    plain.remove_prefix(std::min(end + 1, plain.size()));
    if (line.empty()) {
      if (in_paragraph) html += "</p>\n";
      in_paragraph = false;
      continue;
    }
    html += in_paragraph ? "<br>\n" : "<p>";
    text::append_escaped_html(html, line);
    in_paragraph = true;
  }
  if (in_paragraph) html += "</p>\n";
  return html;
}

Entry read_text_document(std::string_view utf8) {
  Entry entry;
  std::string_view rest = utf8;
  skip_blank_lines(rest);
  const std::string_view whole = rest;
  std::string_view title = take_line(rest);
  while (title.starts_with('#')) title.remove_prefix(1);
  title = trim(title);
  const bool is_apart = begins_with_blank_line(rest);
  std::string_view after = rest;
  skip_blank_lines(after);
  while (take_byline(trim(after.substr(0, after.find('\n'))), entry)) {
    take_line(after);
    rest = after;
  }
  const bool is_heading = title.size() <= kTitleBytesMax && !title.empty() && !rest.empty() &&
                          (is_apart || begins_with_blank_line(rest));
  if (is_heading) entry.title = std::string(title);
  entry.content_html = html_of_plain_text(is_heading ? rest : whole);
  return entry;
}

Result<Entry> read_json_article(std::string_view utf8) {
  simdjson::dom::parser parser;
  element root;
  object from;
  if (parser.parse(utf8.data(), utf8.size()).get(root) != simdjson::SUCCESS)
    return Error{ErrorKind::InvalidInput, "The file is no JSON.", "malformed"};
  if (root.get(from) != simdjson::SUCCESS)
    return Error{ErrorKind::InvalidInput, "The JSON is no object, so it is no article.",
                 "not_an_article"};
  Entry entry{
      .id = text_at(from, {"id", "guid", "uuid"}),
      .url = text_at(from, {"url", "link", "canonical_url"}),
      .title = text::collapsed(text_at(from, {"title", "headline", "name"})),
      .summary_html = text::escape_html(text_at(from, {"summary", "description", "abstract"})),
      .content_html = content_of(from),
      .published = time_at(from, {"published", "published_at", "publishedAt", "date_published",
                                  "datePublished", "date", "pubDate", "created_at"}),
      .updated =
          time_at(from, {"updated", "updated_at", "modified", "date_modified", "dateModified"}),
      .image = text_at(from, {"image", "image_url", "top_image"}),
      .language = text_at(from, {"language", "lang", "inLanguage"})};
  each_name_at(from, {"authors", "author", "byline", "creator"}, [&](std::string_view name) {
    if (!name.empty()) entry.authors.push_back({.name = std::string(name)});
  });
  each_name_at(from, {"tags", "keywords", "categories", "topics"}, [&](std::string_view name) {
    if (!name.empty()) entry.categories.push_back({.term = std::string(name)});
  });
  if (entry.title.empty() && entry.content_html.empty()) {
    return Error{ErrorKind::InvalidInput,
                 "The JSON has neither a title nor a text, so it is no article.", "not_an_article"};
  }
  return entry;
}

}  // namespace tidings::parse
