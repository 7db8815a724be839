// What happens when formatting elements and blocks overlap, WHATWG HTML §13.2.6.4.7, "the adoption
// agency algorithm".
#include "html/special_tags.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

void move_children(TreeNode& from, TreeNode& to) {
  while (from.first_child != nullptr) {
    TreeNode& child = *from.first_child;
    detach(child);
    append_child(to, child);
  }
}

}  // namespace

void TreeBuilder::run_adoption_agency(const Token& token) {
  constexpr int kRoundsMax = 8;
  TreeNode& current = *open_.current();
  if (current.tag == token.tag && !current.is_formatting) {
    open_.pop();
    return;
  }
  for (int round = 0; round < kRoundsMax; ++round) {
    if (!adopt_once(token)) return;
  }
}

// False when there is nothing more to do.
bool TreeBuilder::adopt_once(const Token& token) {
  TreeNode* formatting = formatting_.last_of(token.tag);
  if (formatting == nullptr) {
    end_any_other(token);
    return false;
  }
  const std::size_t formatting_index = open_.index_of(*formatting);
  if (formatting_index == open_.size()) {
    formatting_.remove(*formatting);
    return false;
  }
  if (!open_.has_in_scope(*formatting)) return false;
  std::size_t block_index = formatting_index + 1;
  while (block_index < open_.size() && !is_special(*open_[block_index])) ++block_index;
  if (block_index == open_.size()) {
    open_.pop_until(*formatting);
    formatting_.remove(*formatting);
    return false;
  }
  TreeNode& block = *open_[block_index];
  TreeNode& ancestor = *open_[formatting_index - 1];
  std::size_t bookmark = formatting_.index_of(*formatting);

  // Each element between the two, from the block up, is split: its clone takes what is below.
  TreeNode* last = &block;
  std::size_t index = block_index;
  for (int count = 1;; ++count) {
    TreeNode* node = open_[--index];
    if (node == formatting) break;
    if (count > 3 && node->is_formatting) {
      if (formatting_.index_of(*node) < bookmark) --bookmark;
      formatting_.remove(*node);
    }
    if (!node->is_formatting) {
      open_.remove(*node);
      continue;
    }
    TreeNode& clone = clone_element(*node);
    const std::size_t entry = formatting_.index_of(*node);
    formatting_.replace(entry, clone);
    open_.replace(index, clone);
    if (last == &block) bookmark = entry + 1;
    detach(*last);
    append_child(clone, *last);
    last = &clone;
  }
  detach(*last);
  const Place place = place_for_node(ancestor);
  insert_before(*place.parent, *last, place.before);

  TreeNode& clone = clone_element(*formatting);
  move_children(block, clone);
  append_child(block, clone);
  if (formatting_.index_of(*formatting) < bookmark) --bookmark;
  formatting_.remove(*formatting);
  formatting_.insert(bookmark, clone);
  open_.remove(*formatting);
  open_.insert(open_.index_of(block) + 1, clone);
  return true;
}

}  // namespace tidings::html
