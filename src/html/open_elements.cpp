#include "html/open_elements.h"

#include <algorithm>

namespace tidings::html {
namespace {

constexpr TagSet kScopeEnds{Tag::Applet, Tag::Caption, Tag::Html,   Tag::Table,   Tag::Td,
                            Tag::Th,     Tag::Marquee, Tag::Object, Tag::Template};
constexpr TagSet kButtonScopeEnds = kScopeEnds | TagSet{Tag::Button};
constexpr TagSet kListItemScopeEnds = kScopeEnds | TagSet{Tag::Ol, Tag::Ul};
constexpr TagSet kTableScopeEnds{Tag::Html, Tag::Table, Tag::Template};
constexpr TagSet kImpliedEnds{Tag::Dd, Tag::Dt, Tag::Li, Tag::Optgroup, Tag::Option,
                              Tag::P,  Tag::Rb, Tag::Rp, Tag::Rt,       Tag::Rtc};
constexpr TagSet kAllImpliedEnds =
    kImpliedEnds | TagSet{Tag::Caption, Tag::Colgroup, Tag::Tbody, Tag::Td,
                          Tag::Tfoot,   Tag::Th,       Tag::Thead, Tag::Tr};

// Whether a scope made of these ends at the element.
auto ends_at(const TagSet& tags) {
  return [&tags](const TreeNode& element) {
    return tags.contains(element.tag) || (element.foreign_roles & kBoundary) != 0;
  };
}

auto is_tag(Tag tag) {
  return [tag](const TreeNode& element) { return element.tag == tag; };
}

auto is_one_of(const TagSet& tags) {
  return [&tags](const TreeNode& element) { return tags.contains(element.tag); };
}

}  // namespace

void OpenElements::count(const TreeNode& element, int change) {
  counts_[static_cast<std::size_t>(element.tag)] += static_cast<std::uint32_t>(change);
}

void OpenElements::push(TreeNode& element) {
  elements_.push_back(&element);
  count(element, 1);
}

void OpenElements::pop() {
  count(*elements_.back(), -1);
  elements_.pop_back();
}

// The root stays whatever is asked for.
void OpenElements::pop_until(Tag tag) {
  while (size() > 1) {
    const bool is_last = current_is(tag);
    pop();
    if (is_last) return;
  }
}

void OpenElements::pop_until(const TagSet& tags) {
  while (size() > 1) {
    const bool is_last = current_is(tags);
    pop();
    if (is_last) return;
  }
}

void OpenElements::pop_to(const TagSet& tags) {
  while (size() > 1 && !current_is(tags)) pop();
}

void OpenElements::pop_until(const TreeNode& element) {
  while (size() > 1) {
    const bool is_last = current() == &element;
    pop();
    if (is_last) return;
  }
}

void OpenElements::remove(const TreeNode& element) {
  const std::size_t index = index_of(element);
  if (index == size()) return;
  count(element, -1);
  elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(index));
}

void OpenElements::replace(std::size_t index, TreeNode& element) {
  count(*elements_[index], -1);
  elements_[index] = &element;
  count(element, 1);
}

void OpenElements::insert(std::size_t index, TreeNode& element) {
  elements_.insert(elements_.begin() + static_cast<std::ptrdiff_t>(index), &element);
  count(element, 1);
}

std::size_t OpenElements::index_of(const TreeNode& element) const {
  const auto found = std::find(elements_.rbegin(), elements_.rend(), &element);
  if (found == elements_.rend()) return size();
  return static_cast<std::size_t>(elements_.rend() - found) - 1;
}

template <class Found, class Boundary>
bool OpenElements::search(const Found& found, const Boundary& boundary) const {
  for (std::size_t i = size(); i-- > 0;) {
    if (found(*elements_[i])) return true;
    if (boundary(*elements_[i])) return false;
  }
  return false;
}

bool OpenElements::has_in_scope(Tag tag) const {
  return has(tag) && search(is_tag(tag), ends_at(kScopeEnds));
}

bool OpenElements::has_in_scope(const TagSet& tags) const {
  return search(is_one_of(tags), ends_at(kScopeEnds));
}

bool OpenElements::has_in_scope(const TreeNode& element) const {
  return has(element.tag) &&
         search([&element](const TreeNode& candidate) { return &candidate == &element; },
                ends_at(kScopeEnds));
}

bool OpenElements::has_in_button_scope(Tag tag) const {
  return has(tag) && search(is_tag(tag), ends_at(kButtonScopeEnds));
}

bool OpenElements::has_in_list_item_scope(Tag tag) const {
  return has(tag) && search(is_tag(tag), ends_at(kListItemScopeEnds));
}

bool OpenElements::has_in_table_scope(Tag tag) const {
  return has(tag) && search(is_tag(tag), is_one_of(kTableScopeEnds));
}

bool OpenElements::has_in_table_scope(const TagSet& tags) const {
  return search(is_one_of(tags), is_one_of(kTableScopeEnds));
}

bool OpenElements::has_in_select_scope(Tag tag) const {
  return has(tag) && search(is_tag(tag), [](const TreeNode& element) {
           return element.tag != Tag::Optgroup && element.tag != Tag::Option;
         });
}

void OpenElements::generate_implied_end_tags(Tag except) {
  while (current_is(kImpliedEnds) && !(except != Tag::Unknown && current_is(except))) pop();
}

void OpenElements::generate_all_implied_end_tags() {
  while (current_is(kAllImpliedEnds)) pop();
}

}  // namespace tidings::html
