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

// Depth first by the nodes' own links: trees are as deep as their authors like.
class Finish {
 public:
  Finish(std::unique_ptr<Document::Storage> storage, std::size_t depth_max)
      : storage_(std::move(storage)), nodes_(storage_->nodes), depth_max_(depth_max) {}

  std::unique_ptr<Document::Storage> run(const TreeNode& root) && {
    nodes_.push_back(final_node(root, kNoNode, kNoNode));
    open_.push_back({&root, 0, kNoNode});
    for (const TreeNode* at = root.first_child; at != nullptr; at = next_in_order(*at, root))
      write(*at);
    while (!open_.empty()) close();
    return std::move(storage_);
  }

 private:
  struct Open {
    const TreeNode* node;
    NodeId id;
    NodeId last_child;
  };

  void write(const TreeNode& node) {
    const bool has_depth = node.kind == NodeKind::Element && !kLeafTags.contains(node.tag);
    if (has_depth && open_.size() > depth_max_) {
      storage_->truncated = true;
      return;
    }
    const auto id = static_cast<NodeId>(nodes_.size());
    Open& parent = open_.back();
    if (parent.last_child != kNoNode) nodes_[parent.last_child].next_sibling = id;
    nodes_.push_back(final_node(node, parent.id, parent.last_child));
    nodes_.back().end = id + 1;
    parent.last_child = id;
    if (node.first_child != nullptr) open_.push_back({&node, id, kNoNode});
  }

  void close() {
    nodes_[open_.back().id].end = static_cast<NodeId>(nodes_.size());
    open_.pop_back();
  }

  const TreeNode* next_in_order(const TreeNode& node, const TreeNode& root) {
    if (node.first_child != nullptr) return node.first_child;
    const TreeNode* at = &node;
    while (at != &root && at->next_sibling == nullptr) {
      at = at->parent;
      if (open_.back().node == at && at != &root) close();
    }
    return at == &root ? nullptr : at->next_sibling;
  }

  std::unique_ptr<Document::Storage> storage_;
  std::vector<Node>& nodes_;
  std::size_t depth_max_;
  std::vector<Open> open_;
};

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

Document finish_document(std::unique_ptr<Document::Storage> storage, const TreeNode& root,
                         std::size_t depth_max) {
  return Document(Finish(std::move(storage), depth_max).run(root));
}

}  // namespace tidings::html
