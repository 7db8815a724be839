// Where nodes go and how they are made, WHATWG HTML §13.2.6.1.
#include <algorithm>
#include <cstring>

#include "html/character_class.h"
#include "html/foreign_content.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

constexpr TagSet kTableContexts{Tag::Table, Tag::Tbody, Tag::Tfoot, Tag::Thead, Tag::Tr};

// They need the table, whose depth is bounded already, and rules rely on them.
constexpr TagSet kAlwaysInserted =
    kLeafTags | TagSet{Tag::Html,  Tag::Head,  Tag::Body,    Tag::Frameset,
                       Tag::Tbody, Tag::Tr,    Tag::Td,      Tag::Th,
                       Tag::Thead, Tag::Tfoot, Tag::Caption, Tag::Colgroup};

}  // namespace

TreeNode& TreeBuilder::make_node(NodeKind kind) {
  ++nodes_;
  auto* node = arena_.make<TreeNode>();
  node->kind = kind;
  return *node;
}

TreeNode& TreeBuilder::make_element(const Token& token, Space space) {
  TreeNode& element = make_node(NodeKind::Element);
  element.space = space;
  element.tag = space == Space::Html ? token.tag : Tag::Unknown;
  element.name = space == Space::Svg ? adjusted_svg_tag_name(token.name) : token.name;
  if (!token.attributes.empty()) {
    auto* attributes = arena_.make_array<Attribute>(token.attributes.size());
    std::copy(token.attributes.begin(), token.attributes.end(), attributes);
    element.attributes = {attributes, token.attributes.size()};
    for (Attribute* i = attributes;
         space != Space::Html && i != attributes + token.attributes.size(); ++i)
      i->name = adjusted_attribute_name(space, i->name);
  }
  if (space != Space::Html)
    element.foreign_roles = foreign_roles(space, element.name, element.attributes);
  return element;
}

TreeNode& TreeBuilder::clone_element(const TreeNode& element) {
  TreeNode& clone = make_node(NodeKind::Element);
  clone.tag = element.tag;
  clone.name = element.name;
  clone.attributes = element.attributes;
  return clone;
}

// "The appropriate place for inserting a node": what a table cannot hold goes before it.
TreeBuilder::Place TreeBuilder::place_for_node(TreeNode& target) const {
  if (!fosters_parents_ || !kTableContexts.contains(target.tag)) return {&target, nullptr};
  for (std::size_t i = open_.size(); i-- > 0;) {
    TreeNode& element = *open_[i];
    if (element.tag == Tag::Template) return {&element, nullptr};
    if (element.tag != Tag::Table) continue;
    if (element.parent != nullptr) return {element.parent, &element};
    return {open_[i - 1], nullptr};
  }
  return {open_[0], nullptr};
}

bool TreeBuilder::is_full_for(Tag tag) const {
  const std::size_t root = scope_ == ParseScope::BodyFragment ? 1 : 0;
  return open_.size() >= limits_.depth_max + root && !kAlwaysInserted.contains(tag);
}

// nullptr when the tree is too deep for it.
TreeNode* TreeBuilder::insert_element(const Token& token, Space space) {
  if (is_full_for(space == Space::Html ? token.tag : Tag::Unknown)) {
    truncated_ = true;
    if (space != Space::Html && token.is_self_closing) return nullptr;
    ++dropped_[static_cast<std::size_t>(token.tag)];
    ++dropped_count_;
    return nullptr;
  }
  TreeNode& element = make_element(token, space);
  const Place place = place_for_node();
  insert_before(*place.parent, element, place.before);
  open_.push(element);
  return &element;
}

TreeNode* TreeBuilder::insert_element(Tag tag) {
  Token token;
  token.kind = TokenKind::StartTag;
  token.tag = tag;
  token.name = tag_name(tag);
  return insert_element(token);
}

// Of what has no content.
void TreeBuilder::insert_leaf(const Token& token) {
  if (insert_element(token) != nullptr) open_.pop();
}

// The generic algorithms of §13.2.6.2.
void TreeBuilder::insert_raw(const Token& token, ContentKind kind) {
  insert_element(token);
  tokenizer_.set_content(kind, token.name);
  original_mode_ = mode_;
  mode_ = Mode::Text;
}

void TreeBuilder::insert_foreign(Token& token, Space space) {
  if (insert_element(token, space) != nullptr && token.is_self_closing) open_.pop();
}

void TreeBuilder::insert_text(std::string_view text) {
  if (text.empty()) return;
  const Place place = place_for_node();
  if (place.parent->kind == NodeKind::Document) return;
  TreeNode* previous =
      place.before != nullptr ? place.before->previous_sibling : place.parent->last_child;
  if (previous != nullptr && previous->kind == NodeKind::Text) {
    append_text(*previous, text);
    return;
  }
  TreeNode& node = make_node(NodeKind::Text);
  node.text = text;
  insert_before(*place.parent, node, place.before);
}

// Texts that follow each other in the input stay a view; others are copied, with room for more.
void TreeBuilder::append_text(TreeNode& text, std::string_view more) {
  const char* const begin = text.text.data();
  const char* const next = more.begin();
  const std::size_t size = text.text.size();
  const bool goes_on = begin + size == next && text.text_buffer == nullptr &&
                       tokenizer_.owns(begin) && tokenizer_.owns(next);
  if (goes_on) {
    text.text = std::string_view(begin, size + more.size());
    return;
  }
  if (size + more.size() > text.text_capacity) {
    const std::size_t capacity = 2 * (size + more.size());
    char* buffer = arena_.make_chars(capacity);
    std::memcpy(buffer, begin, size);
    text.text_buffer = buffer;
    text.text_capacity = static_cast<std::uint32_t>(capacity);
  }
  std::memcpy(text.text_buffer + size, more.data(), more.size());
  text.text = std::string_view(text.text_buffer, size + more.size());
}

void TreeBuilder::insert_text_without_nul(const Token& token) {
  std::string_view rest = token.text;
  while (!rest.empty()) {
    const std::size_t nul = std::min(rest.find('\0'), rest.size());
    insert_text(rest.substr(0, nul));
    rest.remove_prefix(std::min(nul + 1, rest.size()));
  }
}

void TreeBuilder::insert_spaces_of(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = find_class(text, kSpaceChar, at);
    std::size_t end = begin;
    while (end < text.size() && has_class(text[end], kSpaceChar)) ++end;
    insert_text(text.substr(begin, end - begin));
    at = end;
  }
}

void TreeBuilder::insert_comment(const Token& token) {
  const Place place = place_for_node();
  TreeNode& comment = make_node(NodeKind::Comment);
  comment.text = token.text;
  insert_before(*place.parent, comment, place.before);
}

void TreeBuilder::append_comment(const Token& token, TreeNode& parent) {
  TreeNode& comment = make_node(NodeKind::Comment);
  comment.text = token.text;
  append_child(parent, comment);
}

// A second <html> or <body> adds what the first did not say.
void TreeBuilder::merge_attributes(const Token& token, TreeNode& element) {
  std::vector<Attribute> merged(element.attributes.begin(), element.attributes.end());
  for (const Attribute& attribute : token.attributes) {
    const bool is_known =
        std::any_of(merged.begin(), merged.end(),
                    [&attribute](const Attribute& known) { return known.name == attribute.name; });
    if (!is_known && merged.size() < limits_.attributes_max) merged.push_back(attribute);
  }
  if (merged.size() == element.attributes.size()) return;
  auto* attributes = arena_.make_array<Attribute>(merged.size());
  std::copy(merged.begin(), merged.end(), attributes);
  element.attributes = {attributes, merged.size()};
}

void TreeBuilder::push_formatting(const Token& token) {
  if (TreeNode* element = insert_element(token)) formatting_.push(*element);
}

// Opens again what was closed only because a block ended around it (§13.2.4.3).
void TreeBuilder::reconstruct_formatting() {
  const auto is_open = [this](std::size_t index) {
    return formatting_[index] == nullptr || open_.contains(*formatting_[index]);
  };
  std::size_t index = formatting_.size();
  while (index > 0 && !is_open(index - 1)) --index;
  for (; index < formatting_.size(); ++index) {
    if (is_full_for(Tag::B)) {
      truncated_ = true;
      return;
    }
    TreeNode& clone = clone_element(*formatting_[index]);
    const Place place = place_for_node();
    insert_before(*place.parent, clone, place.before);
    open_.push(clone);
    formatting_.replace(index, clone);
  }
}

void TreeBuilder::close_p() {
  if (!open_.has_in_button_scope(Tag::P)) return;
  open_.generate_implied_end_tags(Tag::P);
  open_.pop_until(Tag::P);
}

}  // namespace tidings::html
