// A tree while it is built, when nodes still move; then written down in document order.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "html/arena.h"
#include "html/document.h"

namespace tidings::html {

struct TreeNode {
  NodeKind kind = NodeKind::Document;
  Space space = Space::Html;
  Tag tag = Tag::Unknown;
  TreeNode* parent = nullptr;
  TreeNode* first_child = nullptr;
  TreeNode* last_child = nullptr;
  TreeNode* next_sibling = nullptr;
  TreeNode* previous_sibling = nullptr;
  std::string_view name;
  std::string_view text;
  std::span<const Attribute> attributes;
};

void append_child(TreeNode& parent, TreeNode& child);
void insert_before(TreeNode& parent, TreeNode& child, TreeNode* next);  // at the end before nullptr
void detach(TreeNode& child);

struct Document::Storage {
  Arena arena;
  std::vector<Node> nodes;
  bool truncated = false;
};

// Moves what was built in `storage` into its final order.
Document finish_document(std::unique_ptr<Document::Storage> storage, const TreeNode& root);

}  // namespace tidings::html
