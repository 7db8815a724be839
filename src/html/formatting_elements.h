// The list of active formatting elements, WHATWG HTML §13.2.4.3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "html/tree.h"

namespace tidings::html {

// Between two markers; the standard only bounds elements that are alike. What is older is given up.
inline constexpr std::size_t kFormattingElementsMax = 64;

class FormattingElements {
 public:
  // nullptr is a marker.
  TreeNode* operator[](std::size_t index) const { return entries_[index].element; }
  std::size_t size() const { return entries_.size(); }

  void push(TreeNode& element);  // at most three that are alike: "Noah's Ark"
  void push_marker() { entries_.push_back({nullptr, 0}); }
  void clear_to_marker();
  void remove(TreeNode& element);
  void replace(std::size_t index, TreeNode& element);
  void insert(std::size_t index, TreeNode& element);

  TreeNode* last_of(Tag tag) const;  // behind the last marker; nullptr when there is none
  std::size_t index_of(const TreeNode& element) const;  // size() when it is not there

 private:
  struct Entry {
    TreeNode* element;
    std::uint64_t attributes_hash;  // whatever their order
  };
  void erase(std::size_t index);

  std::vector<Entry> entries_;
};

}  // namespace tidings::html
