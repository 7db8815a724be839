// The stack of open elements and its scopes, WHATWG HTML §13.2.4.2.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "html/tree.h"

namespace tidings::html {

// Counts the open elements of each tag, so that most questions need no walk.
class OpenElements {
 public:
  bool empty() const { return elements_.empty(); }
  std::size_t size() const { return elements_.size(); }
  TreeNode* operator[](std::size_t index) const { return elements_[index]; }
  TreeNode* current() const { return elements_.back(); }
  bool current_is(Tag tag) const { return !empty() && current()->tag == tag; }
  bool current_is(const TagSet& tags) const { return !empty() && tags.contains(current()->tag); }

  void push(TreeNode& element);
  void pop();
  void pop_until(Tag tag);  // with it
  void pop_until(const TagSet& tags);
  void pop_to(const TagSet& tags);  // without it: "clear the stack back to"
  void pop_until(const TreeNode& element);
  void remove(const TreeNode& element);
  void replace(std::size_t index, TreeNode& element);
  void insert(std::size_t index, TreeNode& element);

  bool has(Tag tag) const { return counts_[static_cast<std::size_t>(tag)] != 0; }
  std::size_t index_of(const TreeNode& element) const;  // size() when it is not open
  bool contains(const TreeNode& element) const { return index_of(element) != size(); }

  bool has_in_scope(Tag tag) const;
  bool has_in_scope(const TagSet& tags) const;
  bool has_in_scope(const TreeNode& element) const;
  bool has_in_button_scope(Tag tag) const;
  bool has_in_list_item_scope(Tag tag) const;
  bool has_in_table_scope(Tag tag) const;
  bool has_in_table_scope(const TagSet& tags) const;
  bool has_in_select_scope(Tag tag) const;

  // Pops what ends where its parent does.
  void generate_implied_end_tags(Tag except = Tag::Unknown);
  void generate_all_implied_end_tags();

 private:
  void count(const TreeNode& element, int change);
  template <class Found, class Boundary>
  bool search(const Found& found, const Boundary& boundary) const;

  std::vector<TreeNode*> elements_;
  std::array<std::uint32_t, kTagCount> counts_{};
};

}  // namespace tidings::html
