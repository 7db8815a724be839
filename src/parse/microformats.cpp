#include "parse/microformats.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

using html::Document;
using html::kNoNode;
using html::Node;
using html::NodeId;
using html::Tag;
using html::TagSet;
using Mapping = std::pair<std::string_view, std::string_view>;

constexpr TagSet kUnheard{Tag::Script, Tag::Style, Tag::Template};

// A value is found within so many nodes: properties nest, and each is read by itself.
constexpr NodeId kValueNodesMax = 2'000;

NodeId end_of_value(const Document& page, NodeId element) {
  return std::min(page[element].end, element + kValueNodesMax);
}

// By name, because "h-full" and "h-16" are the classes of style sheets.
constexpr std::array<std::string_view, 16> kRoots = {
    "h-adr",    "h-app",     "h-card",    "h-cite",
    "h-entry",  "h-event",   "h-feed",    "h-geo",
    "h-item",   "h-listing", "h-measure", "h-product",
    "h-recipe", "h-resume",  "h-review",  "h-review-aggregate"};

constexpr std::array<Mapping, 3> kClassicRoots = {
    {{"hfeed", "h-feed"}, {"hentry", "h-entry"}, {"vcard", "h-card"}}};

constexpr std::array<Mapping, 8> kClassicEntry = {{{"entry-title", "p-name"},
                                                   {"entry-summary", "p-summary"},
                                                   {"entry-content", "e-content"},
                                                   {"published", "dt-published"},
                                                   {"updated", "dt-updated"},
                                                   {"author", "p-author"},
                                                   {"category", "p-category"},
                                                   {"photo", "u-photo"}}};
constexpr std::array<Mapping, 4> kClassicCard = {
    {{"fn", "p-name"}, {"url", "u-url"}, {"email", "u-email"}, {"photo", "u-photo"}}};

// Calls `take(word)` for each class until it returns false.
template <class Take>
void for_each_class(const Node& element, const Take& take) {
  const std::string_view classes = html::attribute(element, "class");
  for (std::size_t at = 0; at < classes.size();) {
    while (at < classes.size() && is_space(classes[at])) ++at;
    const std::size_t begin = at;
    while (at < classes.size() && !is_space(classes[at])) ++at;
    if (at > begin && !take(classes.substr(begin, at - begin))) return;
  }
}

std::string_view mapped(std::string_view word, const Mapping* begin, const Mapping* end) {
  const Mapping* found =
      std::find_if(begin, end, [word](const Mapping& mapping) { return mapping.first == word; });
  return found == end ? std::string_view() : found->second;
}

std::string_view mapped_property(std::string_view word, std::string_view root) {
  if (root == "h-entry")
    return mapped(word, kClassicEntry.data(), kClassicEntry.data() + kClassicEntry.size());
  if (root == "h-card")
    return mapped(word, kClassicCard.data(), kClassicCard.data() + kClassicCard.size());
  return {};
}

// "p-name", but not "p-4".
bool is_property_name(std::string_view word) {
  const std::size_t dash = word.find('-');
  if (dash == std::string_view::npos || dash + 1 >= word.size() || !is_alpha(word[dash + 1]))
    return false;
  const std::string_view prefix = word.substr(0, dash);
  return prefix == "p" || prefix == "u" || prefix == "dt" || prefix == "e";
}

std::string cut(std::string_view text, std::size_t bytes_max) {
  return std::string(utf8_prefix(trim(text), bytes_max));
}

// What elements say by an attribute rather than by their text; nothing where they do not.
std::string_view own_value(const Node& node) {
  switch (node.tag) {
    case Tag::Abbr:
    case Tag::Link:
      return html::attribute(node, "title");
    case Tag::Data:
    case Tag::Input:
      return html::attribute(node, "value");
    case Tag::Img:
    case Tag::Area:
      return html::attribute(node, "alt");
    default:
      return {};
  }
}

// The value-class pattern (http://microformats.org/wiki/value-class-pattern): parts of a value that
// are marked as such. None within each other.
std::vector<std::string> marked_values(const Document& page, NodeId element, bool of_date,
                                       std::size_t bytes_max) {
  constexpr std::size_t kValuesMax = 8;
  std::vector<std::string> values;
  const NodeId end = end_of_value(page, element);
  for (NodeId at = element + 1; at < end && values.size() < kValuesMax;) {
    const Node& node = page[at];
    const bool is_title = html::has_word(node, "class", "value-title");
    if (!is_title && !html::has_word(node, "class", "value")) {
      at = microformat_root(node).name.empty() ? at + 1 : node.end;
      continue;
    }
    std::string_view value = is_title ? html::attribute(node, "title") : own_value(node);
    const bool has_time = node.tag == Tag::Time || node.tag == Tag::Ins || node.tag == Tag::Del;
    if (of_date && has_time && html::has_attribute(node, "datetime"))
      value = html::attribute(node, "datetime");
    values.push_back(value.empty() ? plain_text_of(page, at, bytes_max) : cut(value, bytes_max));
    at = node.end;
  }
  return values;
}

std::string joined_values(const std::vector<std::string>& values, std::size_t bytes_max) {
  std::string text;
  for (const std::string& value : values) text += value;
  return cut(text, bytes_max);
}

// "2026-05-01" and "9:30pm" and "-0400", each where it was found, as one date.
std::string joined_date(const std::vector<std::string>& values) {
  std::string date, time, zone;
  for (const std::string& value : values) {
    const bool has_date = value.size() >= 8 && is_digit(value[0]) && value[4] == '-';
    const bool is_zone =
        value == "Z" || value == "z" ||
        (value.size() > 2 && (value[0] == '+' || value[0] == '-') && is_digit(value[1]));
    std::string& place = has_date ? date : is_zone ? zone : time;
    if (place.empty()) place = value;
  }
  if (date.empty() || time.empty()) return date;
  return date + " " + time + (zone.empty() ? "" : " " + zone);
}

}  // namespace

MicroformatRoot microformat_root(const Node& element) {
  MicroformatRoot root;
  if (element.kind != html::NodeKind::Element) return root;
  for_each_class(element, [&root](std::string_view word) {
    if (std::find(kRoots.begin(), kRoots.end(), word) != kRoots.end()) {
      root = {word, Vocabulary::Current};
      return false;
    }
    if (!root.name.empty()) return true;
    const std::string_view current =
        mapped(word, kClassicRoots.data(), kClassicRoots.data() + kClassicRoots.size());
    if (!current.empty()) root = {current, Vocabulary::Classic};
    return true;
  });
  return root;
}

std::vector<std::string_view> microformat_properties(const Node& element, std::string_view root,
                                                     Vocabulary vocabulary) {
  constexpr std::size_t kPropertiesMax = 16;
  std::vector<std::string_view> properties;
  if (element.kind != html::NodeKind::Element) return properties;
  for_each_class(element, [&](std::string_view word) {
    if (vocabulary == Vocabulary::Classic) word = mapped_property(word, root);
    if (is_property_name(word)) properties.push_back(word);
    return properties.size() < kPropertiesMax;
  });
  if (vocabulary == Vocabulary::Classic && root == "h-entry") {
    if (html::has_word(element, "rel", "bookmark")) properties.push_back("u-url");
    if (html::has_word(element, "rel", "tag")) properties.push_back("p-category");
  }
  return properties;
}

std::string plain_text_of(const Document& page, NodeId element, std::size_t bytes_max) {
  std::string text;
  const NodeId end = end_of_value(page, element);
  for (NodeId at = element; at < end && text.size() < 2 * bytes_max;) {
    const Node& node = page[at];
    if (kUnheard.contains(node.tag)) {
      at = node.end;
      continue;
    }
    if (node.kind == html::NodeKind::Text) text += node.text.substr(0, 2 * bytes_max);
    if (node.tag == Tag::Img && !html::attribute(node, "alt").empty())
      text.append(" ").append(html::attribute(node, "alt")).append(" ");
    if (node.tag == Tag::Br || node.tag == Tag::P || node.tag == Tag::Div || node.tag == Tag::Li)
      text += ' ';
    ++at;
  }
  return cut(text::collapsed(text), bytes_max);
}

std::string text_value(const Document& page, NodeId element, std::size_t bytes_max) {
  const std::vector<std::string> marked = marked_values(page, element, false, bytes_max);
  if (!marked.empty()) return joined_values(marked, bytes_max);
  const std::string_view own = own_value(page[element]);
  return own.empty() ? plain_text_of(page, element, bytes_max)
                     : cut(text::collapsed(own), bytes_max);
}

std::string address_value(const Document& page, NodeId element, std::size_t bytes_max) {
  constexpr std::array<std::string_view, 4> kNames = {"href", "src", "data", "poster"};
  const Node& node = page[element];
  for (const std::string_view name : kNames) {
    if (html::has_attribute(node, name)) return cut(html::attribute(node, name), bytes_max);
  }
  return text_value(page, element, bytes_max);
}

std::string date_value(const Document& page, NodeId element, std::size_t bytes_max) {
  std::string marked = joined_date(marked_values(page, element, true, bytes_max));
  if (!marked.empty()) return marked;
  const std::string_view datetime = html::attribute(page[element], "datetime");
  return datetime.empty() ? text_value(page, element, bytes_max) : cut(datetime, bytes_max);
}

NodeId card_below(const Document& page, NodeId element) {
  const NodeId end = end_of_value(page, element);
  for (NodeId at = element + 1; at < end; ++at) {
    if (microformat_root(page[at]).name == "h-card") return at;
  }
  return kNoNode;
}

std::string html_value(const Document& page, NodeId element) {
  std::string html;
  for (NodeId child = html::first_child(page, element); child != kNoNode;
       child = page[child].next_sibling) {
    html::write_html(html, page, child);
  }
  return std::string(trim(html));
}

}  // namespace tidings::parse
