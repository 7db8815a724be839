#include "parse/json_elements.h"

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <vector>

#include "parse/feed_reader.h"

namespace tidings::parse {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// Elements that hold elements, whatever else their members look like.
constexpr std::array<std::string_view, 11> kContainers = {
    "rss",    "channel", "item",         "feed",      "entry",   "image",
    "author", "owner",   "itunes:owner", "skipHours", "skipDays"};
constexpr std::array<std::string_view, 6> kTextKeys = {"#value", "#text",  "$t",
                                                       "_",      "__text", "__cdata"};

bool contains(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_scalar(const element& value) {
  return !value.is_object() && !value.is_array() && !value.is_null();
}

std::string text_of(const element& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(value);
}

class ElementWriter {
 public:
  explicit ElementWriter(FeedReader& reader) : reader_(reader) {}

  void write(std::string_view key, const element& value) {
    array list;
    if (value.get(list) == simdjson::SUCCESS) {
      for (const element item : list) write(key, item);
      return;
    }
    const std::string name = element_name(key);
    object members;
    if (value.get(members) == simdjson::SUCCESS) return write_object(name, members);
    reader_.start(name, Attributes());
    if (!value.is_null()) reader_.text(text_of(value));
    reader_.end(name);
  }

 private:
  // "media$thumbnail" is "media:thumbnail".
  static std::string element_name(std::string_view key) {
    std::string name(key);
    std::replace(name.begin(), name.end(), '$', ':');
    return name;
  }

  static bool is_attribute(std::string_view key, const element& value, bool is_leaf) {
    if (!is_scalar(value) || contains(kTextKeys, key)) return false;
    return is_leaf || key.starts_with('@') || key.starts_with('-') || key.starts_with('_') ||
           key.starts_with("xmlns") || key == "version";
  }

  void write_object(const std::string& name, const object& members) {
    const bool is_leaf = !contains(kContainers, name) &&
                         std::all_of(members.begin(), members.end(), [](const auto& member) {
                           return !member.value.is_object() && !member.value.is_array();
                         });
    std::deque<std::string> texts;  // keeps the addresses of what the attributes look at
    std::vector<Attribute> attributes;
    for (const auto& [key, value] : members) {
      if (!is_attribute(key, value, is_leaf)) continue;
      const std::size_t marks = std::min(key.find_first_not_of("@-_"), key.size());
      const std::string& attribute = texts.emplace_back(element_name(key.substr(marks)));
      attributes.push_back({attribute, texts.emplace_back(text_of(value))});
    }
    reader_.start(name, Attributes(attributes));
    for (const auto& [key, value] : members) {
      if (contains(kTextKeys, key) && is_scalar(value)) {
        reader_.text(text_of(value));
      } else if (!is_attribute(key, value, is_leaf)) {
        write(key, value);
      }
    }
    reader_.end(name);
  }

  FeedReader& reader_;
};

}  // namespace

bool read_elements_in_json(const object& root, std::string_view url, const ParseLimits& limits,
                           FeedDocument& document) {
  for (const char* name : {"rss", "feed", "rdf:RDF", "channel"}) {
    object content;
    if (root[name].get(content) != simdjson::SUCCESS) continue;
    FeedDocument read = document;
    FeedReader reader(read, url, limits);
    ElementWriter(reader).write(name, root[name].value_unsafe());
    reader.finish();
    if (read.format == FeedFormat::Unknown || read.feed.entries.empty()) continue;
    read.format_name += " as json";
    document = std::move(read);
    return true;
  }
  return false;
}

}  // namespace tidings::parse
