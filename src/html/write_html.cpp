// Serialization of a tree, WHATWG HTML §13.3.
#include <algorithm>

#include "html/document.h"

namespace tidings::html {
namespace {

constexpr TagSet kRawTextTags{Tag::Style,   Tag::Script,   Tag::Xmp,      Tag::Iframe,
                              Tag::Noembed, Tag::Noframes, Tag::Plaintext};

void append_escaped(std::string& out, std::string_view text, std::string_view special) {
  while (true) {
    const std::size_t at = std::min(text.find_first_of(special), text.size());
    out += text.substr(0, at);
    if (at == text.size()) return;
    text.remove_prefix(at);
    if (text.starts_with("\xC2\xA0")) {
      out += "&nbsp;";
      text.remove_prefix(2);
      continue;
    }
    switch (text[0]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += text[0];  // another character that begins with C2
    }
    text.remove_prefix(1);
  }
}

void open_element(std::string& out, const Node& node) {
  out += '<';
  out += node.name;
  for (const Attribute& attribute : node.attributes) {
    out += ' ';
    out += attribute.name;
    out += "=\"";
    append_escaped(out, attribute.value, "&\"<>\xC2");
    out += '"';
  }
  out += '>';
}

void open_node(std::string& out, const Document& document, const Node& node) {
  switch (node.kind) {
    case NodeKind::Document:
      break;
    case NodeKind::Doctype:
      out.append("<!DOCTYPE ").append(node.name).append(">");
      break;
    case NodeKind::Comment:
      out.append("<!--").append(node.text).append("-->");
      break;
    case NodeKind::Text:
      if (node.parent != kNoNode && kRawTextTags.contains(document[node.parent].tag)) {
        out += node.text;
      } else {
        append_escaped(out, node.text, "&<>\xC2");
      }
      break;
    case NodeKind::Element:
      open_element(out, node);
  }
}

void close_node(std::string& out, const Node& node) {
  if (node.kind == NodeKind::Element && !kVoidTags.contains(node.tag))
    out.append("</").append(node.name).append(">");
}

}  // namespace

void write_html(std::string& out, const Document& document, NodeId id) {
  NodeId open = document[id].parent;  // of what was begun and not yet ended, the innermost
  for (NodeId at = id; at < document[id].end; ++at) {
    for (; open != document[at].parent; open = document[open].parent)
      close_node(out, document[open]);
    open_node(out, document, document[at]);
    open = at;
  }
  for (; open != document[id].parent; open = document[open].parent) close_node(out, document[open]);
}

}  // namespace tidings::html
