#include "attack_checks.h"

#include <gumbo.h>

#include <array>
#include <set>
#include <vector>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/html_entities.h"

namespace tidings::corpus {
namespace {

const std::set<std::string_view> kActiveElements = {
    "script",  "style",    "object",   "embed",   "applet",   "form",      "input",    "button",
    "select",  "textarea", "meta",     "link",    "base",     "frame",     "frameset", "template",
    "svg",     "math",     "keygen",   "bgsound", "noscript", "plaintext", "map",      "area",
    "isindex", "basefont", "noframes", "xmp",     "title"};

const std::set<std::string_view> kAddressAttributes = {
    "href",   "src",      "action",     "formaction", "cite",    "poster",        "background",
    "data",   "longdesc", "xlink:href", "codebase",   "classid", "usemap",        "dynsrc",
    "lowsrc", "manifest", "ping",       "icon",       "profile", "archive",       "code",
    "from",   "to",       "values",     "by",         "srcdoc",  "attributionsrc"};

const std::set<std::string_view> kClobbering = {"id",  "name", "style", "class", "form",
                                                "for", "slot", "is",    "target"};

// As the URL standard reads it: references decoded, blanks and controls at the front passed over,
// tabs and line ends anywhere.
std::string scheme_of(std::string_view address) {
  std::string scheme;
  for (const char c : text::decode_entities(address)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F) continue;
    if (c == ':') return to_lower(scheme);
    if (c == '/' || c == '?' || c == '#' || c == '\\') return {};
    scheme += c;
  }
  return {};
}

std::string active_attribute(const GumboElement& element, const GumboAttribute& attribute) {
  const std::string name = attribute.name;
  const std::string seen = name + "=" + attribute.value;
  if (name.starts_with("on") || kClobbering.contains(name)) return seen;
  if (!kAddressAttributes.contains(name)) return {};
  const std::string scheme = scheme_of(attribute.value);
  if (scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel") return {};
  if (element.tag == GUMBO_TAG_IMG &&
      std::string_view(attribute.value).starts_with("data:image/") &&
      std::string_view(attribute.value).find("svg") == std::string_view::npos)
    return {};
  return seen;
}

bool is_player(const GumboElement& element) {
  const GumboAttribute* source = gumbo_get_attribute(&element.attributes, "src");
  if (source == nullptr || gumbo_get_attribute(&element.attributes, "sandbox") == nullptr)
    return false;
  static const std::set<std::string_view> hosts = {"www.youtube-nocookie.com",
                                                   "player.vimeo.com",
                                                   "www.dailymotion.com",
                                                   "geo.dailymotion.com",
                                                   "open.spotify.com",
                                                   "w.soundcloud.com",
                                                   "embed.podcasts.apple.com",
                                                   "bandcamp.com",
                                                   "player.twitch.tv",
                                                   "clips.twitch.tv",
                                                   "embed.ted.com",
                                                   "www.mixcloud.com",
                                                   "player-widget.mixcloud.com",
                                                   "widget.deezer.com",
                                                   "archive.org",
                                                   "player.bilibili.com",
                                                   "www.arte.tv"};
  const std::string_view address = source->value;
  if (!address.starts_with("https://")) return false;
  return hosts.contains(address.substr(8, address.find('/', 8) - 8));
}

std::string active_element(const GumboElement& element, std::string_view name) {
  if (name == "iframe" ? !is_player(element) : kActiveElements.contains(name))
    return "<" + std::string(name) + ">";
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const std::string found =
        active_attribute(element, *static_cast<const GumboAttribute*>(element.attributes.data[i]));
    if (!found.empty()) return found;
  }
  return {};
}

std::string name_of(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  return piece.data == nullptr ? std::string() : to_lower({piece.data, piece.length});
}

}  // namespace

std::string active_part(std::string_view html, std::string_view prefix) {
  const std::string whole = std::string(prefix) + std::string(html);
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  GumboOutput* output = gumbo_parse_with_options(&options, whole.data(), whole.size());
  std::string found;
  std::vector<const GumboNode*> left = {output->root};
  while (!left.empty() && found.empty()) {
    const GumboNode& node = *left.back();
    left.pop_back();
    if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) continue;
    const GumboElement& element = node.v.element;
    for (unsigned i = 0; i < element.children.length; ++i) {
      left.push_back(static_cast<const GumboNode*>(element.children.data[i]));
    }
    const bool is_prefix = element.original_tag.data == nullptr ||
                           element.original_tag.data < whole.data() + prefix.size();
    if (&node != output->root && !is_prefix) found = active_element(element, name_of(element));
  }
  gumbo_destroy_output(&options, output);
  return found;
}

std::string active_part_in_any_context(std::string_view html) {
  constexpr std::array<std::string_view, 24> kContexts = {
      "",
      "<p>",
      "<b>",
      "<a href='https://a.example/'>",
      "<h1>",
      "<ul><li>",
      "<pre>",
      "<table>",
      "<table><tr>",
      "<table><tr><td>",
      "<table><caption>",
      "<table><colgroup>",
      "<select>",
      "<select><option>",
      "<button>",
      "<form>",
      "<noscript>",
      "<template>",
      "<svg>",
      "<svg><desc>",
      "<svg><foreignObject>",
      "<math>",
      "<math><mtext>",
      "<math><annotation-xml encoding='text/html'>"};
  for (const std::string_view context : kContexts) {
    if (const std::string found = active_part(html, context); !found.empty())
      return std::string(context) + " " + found;
  }
  // Where a page would show it as raw text, nothing in it may end the text: no tag may begin.
  for (const std::string_view context :
       {"<title>", "<textarea>", "<xmp>", "<style>", "<script>", "<noembed>", "<noframes>",
        "<svg><style>", "<svg><title>", "<math><style>"}) {
    if (const std::string found = active_part(html, context); !found.empty())
      return std::string(context) + " " + found;
  }
  return {};
}

std::string active_scheme(std::string_view text) {
  static const std::set<std::string_view> refused = {
      "javascript", "vbscript",   "livescript", "mocha", "jscript",     "data",
      "blob",       "filesystem", "file",       "about", "view-source", "jar",
      "chrome",     "resource",   "intent",     "res"};
  const std::string scheme = scheme_of(text);
  return refused.contains(scheme) ? scheme : "";
}

std::string unsafe_address(std::string_view address, Schemes allowed) {
  if (address.empty()) return {};
  if (address.find_first_of("<>\"\n\t") != std::string_view::npos) return "delimiters";
  if (allowed == Schemes::Document) return active_scheme(address);
  return address.starts_with("http://") || address.starts_with("https://") ? "" : "no web page";
}

}  // namespace tidings::corpus
