#include "html/tree.h"

#include <utility>

namespace tidings::html {
namespace {

Node final_node(const TreeNode& node, NodeId parent, NodeId previous) {
  const bool has_tag = node.kind == NodeKind::Element && node.space == Space::Html;
  return {.kind = node.kind,
          .space = node.space,
          .tag = has_tag ? node.tag : Tag::Unknown,
          .parent = parent,
          .previous_sibling = previous,
          .name = node.name,
          .text = node.text,
          .attributes = node.attributes};
}

}  // namespace

void append_child(TreeNode& parent, TreeNode& child) {
  insert_before(parent, child, nullptr);
}

void insert_before(TreeNode& parent, TreeNode& child, TreeNode* next) {
  child.parent = &parent;
  child.next_sibling = next;
  child.previous_sibling = next != nullptr ? next->previous_sibling : parent.last_child;
  (child.previous_sibling != nullptr ? child.previous_sibling->next_sibling : parent.first_child) =
      &child;
  (next != nullptr ? next->previous_sibling : parent.last_child) = &child;
}

void detach(TreeNode& child) {
  if (child.parent == nullptr) return;
  (child.previous_sibling != nullptr ? child.previous_sibling->next_sibling
                                     : child.parent->first_child) = child.next_sibling;
  (child.next_sibling != nullptr ? child.next_sibling->previous_sibling
                                 : child.parent->last_child) = child.previous_sibling;
  child.parent = child.previous_sibling = child.next_sibling = nullptr;
}

// Depth first by the nodes' own links: trees may be as deep as they like.
Document finish_document(std::unique_ptr<Document::Storage> storage, const TreeNode& root) {
  std::vector<Node>& nodes = storage->nodes;
  nodes.clear();
  nodes.push_back(final_node(root, kNoNode, kNoNode));
  const TreeNode* at = &root;
  NodeId open = 0;  // where `at` was written
  while (true) {
    if (at->first_child != nullptr) {
      at = at->first_child;
      nodes.push_back(final_node(*at, open, kNoNode));
      open = static_cast<NodeId>(nodes.size() - 1);
      continue;
    }
    while (at != &root && at->next_sibling == nullptr) {
      nodes[open].end = static_cast<NodeId>(nodes.size());
      open = nodes[open].parent;
      at = at->parent;
    }
    nodes[open].end = static_cast<NodeId>(nodes.size());
    if (at == &root) break;
    at = at->next_sibling;
    const auto id = static_cast<NodeId>(nodes.size());
    nodes[open].next_sibling = id;
    nodes.push_back(final_node(*at, nodes[open].parent, open));
    open = id;
  }
  return Document(std::move(storage));
}

}  // namespace tidings::html
