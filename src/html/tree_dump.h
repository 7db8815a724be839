// A tree as lines, for tests: two trees are equal when their lines are.
#pragma once

#include <string>

#include "html/document.h"

namespace tidings::html {

// A node other than a text: <p class="a">, <svg path>, <!-- comment -->, <!DOCTYPE html
// public="…">. Attributes in their order.
inline void append_node_line(std::string& out, const Node& node) {
  if (node.kind == NodeKind::Comment) {
    out.append("<!-- ").append(node.text).append(" -->\n");
    return;
  }
  out += node.kind == NodeKind::Doctype ? "<!DOCTYPE " : "<";
  if (node.space != Space::Html) out += node.space == Space::Svg ? "svg " : "math ";
  out += node.name;
  for (const Attribute& attribute : node.attributes)
    out.append(" ").append(attribute.name).append("=\"").append(attribute.value).append("\"");
  out += ">\n";
}

// In one line: html(head body(p class="a"("text" b("x")) <!-- c -->)).
inline std::string brief_tree(const Document& document, NodeId id = 0) {
  std::string out;
  for (NodeId child = first_child(document, id); child != kNoNode;
       child = document[child].next_sibling) {
    if (!out.empty()) out += ' ';
    const Node& node = document[child];
    if (node.kind == NodeKind::Text) {
      out.append("'").append(node.text).append("'");
      continue;
    }
    std::string line;
    append_node_line(line, node);
    line.pop_back();
    const bool is_element = node.kind == NodeKind::Element;
    out += is_element ? line.substr(1, line.size() - 2) : line;
    if (is_element && node.end > child + 1) out += "(" + brief_tree(document, child) + ")";
  }
  return out;
}

}  // namespace tidings::html
