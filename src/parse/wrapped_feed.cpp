#include "parse/wrapped_feed.h"

#include <algorithm>
#include <cstddef>

#include "core/strings.h"
#include "parse/tolerant_xml.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kWordsBefore = 200;  // bytes that a page may say before it shows a feed

std::size_t find_escaped_root(std::string_view html) {
  std::size_t first = kNone;
  for (const std::string_view begin :
       {"&lt;rss", "&lt;feed", "&lt;rdf:RDF", "&lt;?xml", "&#60;rss", "&#60;?xml", "&lt;urlset"}) {
    first = std::min(first, html.find(begin));
  }
  return first;
}

// A page may hold the RDF of its license, and words of its own around what looks like a feed.
bool holds_entries(std::string_view feed) {
  const std::string_view head = feed.substr(0, 4'096);
  const bool has_channel = head.find("<channel") != kNone || head.find("/2005/Atom") != kNone ||
                           head.find("purl.org/atom/ns#") != kNone;
  return has_channel && (feed.find("<item") != kNone || feed.find("<entry") != kNone);
}

bool says_little(std::string_view html) {
  return text::plain_text(html).size() <= kWordsBefore;
}

// Tags taken out and characters decoded: what a browser shows, line by line.
std::string shown_text(std::string_view html) {
  std::string shown;
  shown.reserve(html.size());
  while (!html.empty()) {
    const std::size_t tag = html.find('<');
    shown += text::decode_entities(html.substr(0, tag));
    if (tag == kNone) break;
    const std::size_t end = html.find('>', tag);
    if (end == kNone) break;
    if (istarts_with(html.substr(tag), "</pre")) break;
    html.remove_prefix(end + 1);
  }
  return shown;
}

}  // namespace

std::optional<std::string> feed_in_page(std::string_view html) {
  if (const std::size_t escaped = find_escaped_root(html);
      escaped != kNone && says_little(html.substr(0, escaped))) {
    std::string shown = shown_text(html.substr(escaped));
    if (find_feed_root(shown) != kNone) return shown;
  }
  if (const std::size_t root = find_feed_root(html); root != kNone) {
    if (says_little(html.substr(0, root)) && holds_entries(html.substr(root)))
      return std::string(html.substr(root));
  }
  return std::nullopt;
}

std::string_view without_callback(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with("/**/")) rest.remove_prefix(4);
  if (rest.starts_with(")]}'")) {
    rest.remove_prefix(4);
    rest = rest.starts_with(',') ? rest.substr(1) : rest;
    rest = trim(rest);
    return rest.starts_with('{') ? rest : text;
  }
  std::size_t name = 0;
  while (name < rest.size() && name < 128 &&
         (is_alpha(rest[name]) || is_digit(rest[name]) || rest[name] == '_' || rest[name] == '$' ||
          rest[name] == '.'))
    ++name;
  rest = trim(rest.substr(name));
  if (name == 0 || !rest.starts_with('(')) return text;
  rest = trim(rest.substr(1));
  while (!rest.empty() && (rest.back() == ';' || rest.back() == ')' || is_space(rest.back())))
    rest.remove_suffix(1);
  return rest.starts_with('{') && rest.ends_with('}') ? rest : text;
}

}  // namespace tidings::parse
