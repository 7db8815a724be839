// A tree as lines, for tests: two trees are equal when their lines are.
#pragma once

#include <string>

#include "html/document.h"

namespace tidings::html {

// One node a line, two spaces a level: <p class="a">, <svg path>, "text", <!-- comment -->,
// <!DOCTYPE html "public" "system">. Attributes in their order.
inline std::string dump_tree(const Document& document) {
  std::string out;
  std::size_t depth = 0;
  NodeId open = document.root();
  for (NodeId id = 1; id < document.size(); ++id) {
    const Node& node = document[id];
    if (node.parent == id - 1 && node.parent != open) {
      open = node.parent;
      ++depth;
    }
    for (; open != node.parent; open = document[open].parent) --depth;
    out.append(2 * depth, ' ');
    if (node.kind == NodeKind::Text) {
      out.append("\"").append(node.text).append("\"");
    } else if (node.kind == NodeKind::Comment) {
      out.append("<!-- ").append(node.text).append(" -->");
    } else {
      out += node.kind == NodeKind::Doctype ? "<!DOCTYPE " : "<";
      if (node.space != Space::Html) out += node.space == Space::Svg ? "svg " : "math ";
      out += node.name;
      for (const Attribute& attribute : node.attributes)
        out.append(" ").append(attribute.name).append("=\"").append(attribute.value).append("\"");
      out += '>';
    }
    out += '\n';
  }
  return out;
}

}  // namespace tidings::html
