#include "html/document.h"

#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "html/tree.h"

namespace tidings::html {

Document::Document(std::unique_ptr<Storage> storage)
    : storage_(std::move(storage)),
      nodes_(storage_->nodes.data()),
      count_(storage_->nodes.size()),
      truncated_(storage_->truncated) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::string_view attribute(const Node& node, std::string_view name) {
  if (node.kind != NodeKind::Element) return {};
  for (const Attribute& candidate : node.attributes) {
    if (candidate.name == name) return candidate.value;
  }
  return {};
}

bool has_attribute(const Node& node, std::string_view name) {
  return node.kind == NodeKind::Element &&
         std::any_of(node.attributes.begin(), node.attributes.end(),
                     [name](const Attribute& candidate) { return candidate.name == name; });
}

bool has_word(const Node& node, std::string_view attribute_name, std::string_view word) {
  const std::string_view words = attribute(node, attribute_name);
  if (word.empty()) return false;
  for (std::size_t at = words.find(word); at != std::string_view::npos;
       at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || is_space(words[at - 1])) && (end == words.size() || is_space(words[end])))
      return true;
  }
  return false;
}

NodeId first_child(const Document& document, NodeId id) {
  return document[id].end > id + 1 ? id + 1 : kNoNode;
}

std::string text_content(const Document& document, NodeId id, std::size_t bytes_max) {
  std::string text;
  for (NodeId at = id; at < document[id].end && text.size() < bytes_max;) {
    const Node& node = document[at];
    if (node.tag == Tag::Template && at != id) {
      at = node.end;
      continue;
    }
    if (node.kind == NodeKind::Text) {
      const std::string_view prefix = utf8_prefix(node.text, bytes_max - text.size());
      text += prefix;
      if (prefix.size() < node.text.size()) break;
    }
    ++at;
  }
  return text;
}

}  // namespace tidings::html
