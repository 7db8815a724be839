#include "html/formatting_elements.h"

#include <algorithm>

#include "core/hash.h"

namespace tidings::html {
namespace {

std::uint64_t hash_of(std::span<const Attribute> attributes) {
  std::uint64_t sum = attributes.size();
  for (const Attribute& attribute : attributes)
    sum += hash64(attribute.name) * 31 + hash64(attribute.value);
  return sum;
}

// Names are unique within each.
bool same_attributes(std::span<const Attribute> a, std::span<const Attribute> b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [b](const Attribute& wanted) {
           return std::any_of(b.begin(), b.end(), [&wanted](const Attribute& candidate) {
             return candidate.name == wanted.name && candidate.value == wanted.value;
           });
         });
}

}  // namespace

void FormattingElements::push(TreeNode& element) {
  const std::uint64_t hash = hash_of(element.attributes);
  std::size_t first = entries_.size();
  std::size_t alike = 0;
  std::size_t first_alike = 0;
  while (first > 0 && entries_[first - 1].element != nullptr) {
    const Entry& entry = entries_[--first];
    if (entry.element->tag == element.tag && entry.attributes_hash == hash &&
        same_attributes(entry.element->attributes, element.attributes)) {
      ++alike;
      first_alike = first;
    }
  }
  if (alike >= 3) {
    erase(first_alike);
  } else if (entries_.size() - first >= kFormattingElementsMax) {
    erase(first);
  }
  element.is_formatting = true;
  entries_.push_back({&element, hash});
}

void FormattingElements::erase(std::size_t index) {
  if (entries_[index].element != nullptr) entries_[index].element->is_formatting = false;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(index));
}

void FormattingElements::clear_to_marker() {
  while (!entries_.empty()) {
    const bool is_marker = entries_.back().element == nullptr;
    erase(entries_.size() - 1);
    if (is_marker) return;
  }
}

void FormattingElements::remove(TreeNode& element) {
  if (element.is_formatting) erase(index_of(element));
}

void FormattingElements::replace(std::size_t index, TreeNode& element) {
  entries_[index].element->is_formatting = false;
  entries_[index].element = &element;
  element.is_formatting = true;
}

void FormattingElements::insert(std::size_t index, TreeNode& element) {
  element.is_formatting = true;
  entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(index),
                  {&element, hash_of(element.attributes)});
}

TreeNode* FormattingElements::last_of(Tag tag) const {
  for (std::size_t i = entries_.size(); i > 0; --i) {
    TreeNode* element = entries_[i - 1].element;
    if (element == nullptr || element->tag == tag) return element;
  }
  return nullptr;
}

std::size_t FormattingElements::index_of(const TreeNode& element) const {
  for (std::size_t i = entries_.size(); i-- > 0;) {
    if (entries_[i].element == &element) return i;
  }
  return entries_.size();
}

}  // namespace tidings::html
