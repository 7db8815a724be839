// For tests: is this HTML safe? Decided by parsing it again and comparing with a list of its own,
// so that a mistake in the sanitizer's table cannot hide itself.
#pragma once

#include <gumbo.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/utf8.h"

namespace tidings::normalize {

inline const std::map<std::string, std::set<std::string>>& safe_elements() {
  static const std::map<std::string, std::set<std::string>> elements = [] {
    std::map<std::string, std::set<std::string>> table = {
        {"a", {"href", "rel"}},
        {"img", {"src", "srcset", "alt", "width", "height"}},
        {"video", {"src", "poster", "controls", "preload", "width", "height"}},
        {"audio", {"src", "poster", "controls", "preload"}},
        {"source", {"src", "type"}},
        {"iframe", {"src", "sandbox", "allow", "loading", "width", "height"}},
        {"blockquote", {"cite"}},
        {"q", {"cite"}},
        {"del", {"cite", "datetime"}},
        {"ins", {"cite", "datetime"}},
        {"time", {"datetime"}},
        {"details", {"open"}},
        {"ol", {"start", "reversed"}},
        {"li", {"value"}},
        {"td", {"colspan", "rowspan"}},
        {"th", {"colspan", "rowspan", "scope"}},
        {"col", {"span"}},
        {"colgroup", {"span"}},
    };
    for (const char* name :
         {"abbr",   "address", "article", "aside", "b",      "bdi", "bdo",     "br",  "caption",
          "cite",   "code",    "dd",      "dfn",   "div",    "dl",  "dt",      "em",  "figcaption",
          "figure", "footer",  "h1",      "h2",    "h3",     "h4",  "h5",      "h6",  "header",
          "hr",     "i",       "kbd",     "mark",  "p",      "pre", "rp",      "rt",  "ruby",
          "s",      "samp",    "section", "small", "strong", "sub", "summary", "sup", "table",
          "tbody",  "tfoot",   "thead",   "tr",    "u",      "ul",  "var",     "wbr"}) {
      table[name];
    }
    for (auto& [name, attributes] : table) attributes.insert({"lang", "dir", "title"});
    return table;
  }();
  return elements;
}

// Every candidate is an address of the web with a number behind it.
inline std::string unsafe_candidate(const std::string& set) {
  std::size_t at = 0;
  while (at < set.size()) {
    const std::size_t end = set.find(' ', at), next = std::min(set.find(", ", end), set.size());
    const bool is_web = set.compare(at, 7, "http://") == 0 || set.compare(at, 8, "https://") == 0;
    if (!is_web || end == std::string::npos ||
        set.substr(end, next - end).find_first_not_of(" 0123456789.wx") != std::string::npos)
      return "srcset " + set;
    at = next + 2;
  }
  return "";
}

// Empty when the attribute may stand.
inline std::string unsafe_attribute(const std::string& element, const std::string& name,
                                    const std::string& value) {
  if (!safe_elements().at(element).contains(name)) return element + " " + name;
  const bool is_web = value.starts_with("http://") || value.starts_with("https://");
  if (name == "srcset") return unsafe_candidate(value);
  if (name == "href") {
    std::string scheme = value.substr(0, value.find(':'));
    for (char& c : scheme) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return is_web || scheme == "mailto" || scheme == "tel" ? "" : "href " + value;
  }
  if (element == "iframe" && name == "src")
    return value.starts_with("https://") ? "" : "iframe " + value;
  if (element == "img" && name == "src")
    return is_web || value.starts_with("data:image/") ? "" : "img " + value;
  if (name == "src" || name == "poster" || name == "cite") return is_web ? "" : name + " " + value;
  return "";
}

// The first thing in the tree that should not be there; empty when there is none.
inline std::string unsafe_part(std::string_view html) {
  if (!is_valid_utf8(html)) return "not UTF-8";
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
  std::string found;
  std::vector<const GumboNode*> left = {output->root};
  while (!left.empty() && found.empty()) {
    const GumboNode& node = *left.back();
    left.pop_back();
    if (node.type == GUMBO_NODE_COMMENT || node.type == GUMBO_NODE_CDATA) found = "comment";
    if (node.type == GUMBO_NODE_TEMPLATE) found = "template";
    if (node.type != GUMBO_NODE_ELEMENT) continue;
    const GumboElement& element = node.v.element;
    for (unsigned i = 0; i < element.children.length; ++i) {
      left.push_back(static_cast<const GumboNode*>(element.children.data[i]));
    }
    if (&node == output->root) continue;
    const std::string name = gumbo_normalized_tagname(element.tag);
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML || !safe_elements().contains(name)) {
      found = "element " + name;
    }
    for (unsigned i = 0; i < element.attributes.length && found.empty(); ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      found = unsafe_attribute(name, attribute->name, attribute->value);
    }
    if (name == "iframe" && element.children.length > 0) found = "content of iframe";
  }
  gumbo_destroy_output(&options, output);
  return found;
}

}  // namespace tidings::normalize
