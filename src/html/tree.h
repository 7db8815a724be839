// A tree while it is built, when nodes still move; then written down in document order.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "html/arena.h"
#include "html/document.h"

namespace tidings::html {

// What an element of SVG or MathML is besides (§13.2.4.2, §13.2.6).
enum ForeignRole : std::uint8_t {
  kBoundary = 1,         // special, and scopes end at it
  kTextIntegration = 2,  // text and most elements in it are HTML
  kHtmlIntegration = 4,  // everything in it is HTML
  kAnnotationXml = 8,
};

struct TreeNode {
  NodeKind kind = NodeKind::Document;
  Space space = Space::Html;
  Tag tag = Tag::Unknown;  // Unknown for SVG and MathML
  std::uint8_t foreign_roles = 0;
  bool is_formatting = false;  // stands in the list of active formatting elements
  std::uint32_t text_capacity = 0;
  char* text_buffer = nullptr;  // of text that is no view into the input
  TreeNode* parent = nullptr;
  TreeNode* first_child = nullptr;
  TreeNode* last_child = nullptr;
  TreeNode* next_sibling = nullptr;
  TreeNode* previous_sibling = nullptr;
  std::string_view name;
  std::string_view text;
  std::span<const Attribute> attributes;
};

// Elements that hold text or nothing: they add no depth.
inline constexpr TagSet kRawTags{Tag::Script, Tag::Style,   Tag::Textarea, Tag::Title,    Tag::Xmp,
                                 Tag::Iframe, Tag::Noembed, Tag::Noframes, Tag::Plaintext};
inline constexpr TagSet kLeafTags = kVoidTags | kRawTags;

void append_child(TreeNode& parent, TreeNode& child);
void insert_before(TreeNode& parent, TreeNode& child, TreeNode* next);  // at the end before nullptr
void detach(TreeNode& child);

struct Document::Storage {
  Arena arena;
  std::vector<Node> nodes;
  bool truncated = false;
};

// Moves what was built in `storage` into its final order. Elements below `depth_max` levels are
// left out, but for those without content or with nothing but text in them.
Document finish_document(std::unique_ptr<Document::Storage> storage, const TreeNode& root,
                         std::size_t depth_max);

}  // namespace tidings::html
