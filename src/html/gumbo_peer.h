// The tree as gumbo builds it: the peer that our parser is held to in tests and benchmarks. No part
// of the product includes this.
#pragma once

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/strings.h"
#include "core/utf8.h"
#include "html/tree.h"
#include "html/tree_builder.h"

namespace tidings::html {

class GumboTree {
 public:
  GumboTree(Document::Storage& storage, const ParseLimits& limits)
      : storage_(storage), limits_(limits) {}

  TreeNode* build(std::string_view utf8, ParseScope scope) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* arena, std::size_t size) {
      return static_cast<Arena*>(arena)->allocate(size);
    };
    options.deallocator = [](void*, void*) {};
    options.userdata = &storage_.arena;
    options.max_errors = 0;
    if (scope == ParseScope::BodyFragment) options.fragment_context = GUMBO_TAG_BODY;
    const GumboOutput* output = gumbo_parse_with_options(&options, utf8.data(), utf8.size());
    auto* root = storage_.arena.make<TreeNode>();
    if (scope == ParseScope::Page) {
      add_doctype(output->document->v.document, *root);
      add_children(output->document->v.document.children, *root);
    } else {
      add_children(output->root->v.element.children, *root);
    }
    return root;
  }

 private:
  TreeNode* make_node(NodeKind kind) {
    auto* node = storage_.arena.make<TreeNode>();
    node->kind = kind;
    ++count_;
    return node;
  }

  void add_doctype(const GumboDocument& document, TreeNode& root) {
    if (!document.has_doctype) return;
    TreeNode* node = make_node(NodeKind::Doctype);
    node->name = document.name;
    auto* attributes = storage_.arena.make_array<Attribute>(2);
    std::size_t count = 0;
    if (*document.public_identifier != '\0')
      attributes[count++] = {"public", document.public_identifier};
    if (*document.system_identifier != '\0')
      attributes[count++] = {"system", document.system_identifier};
    node->attributes = {attributes, count};
    append_child(root, *node);
  }

  // Depth first, without recursion: trees are as deep as their authors like.
  void add_children(const GumboVector& children, TreeNode& root) {
    struct Place {
      const GumboVector* children;
      unsigned next;
      TreeNode* parent;
    };
    std::vector<Place> places = {{&children, 0, &root}};
    while (!places.empty()) {
      Place& place = places.back();
      if (place.next == place.children->length) {
        places.pop_back();
        continue;
      }
      const auto& given = *static_cast<const GumboNode*>(place.children->data[place.next++]);
      const bool is_element = given.type == GUMBO_NODE_ELEMENT || given.type == GUMBO_NODE_TEMPLATE;
      if (count_ >= limits_.nodes_max) {
        storage_.truncated = true;
        return;
      }
      TreeNode* node = is_element ? element(given.v.element) : characters(given);
      append_child(*place.parent, *node);
      if (is_element) places.push_back({&given.v.element.children, 0, node});
    }
  }

  TreeNode* characters(const GumboNode& given) {
    TreeNode* node =
        make_node(given.type == GUMBO_NODE_COMMENT ? NodeKind::Comment : NodeKind::Text);
    node->text = clean(given.v.text.text);
    return node;
  }

  TreeNode* element(const GumboElement& given) {
    TreeNode* node = make_node(NodeKind::Element);
    node->space = given.tag_namespace == GUMBO_NAMESPACE_HTML  ? Space::Html
                  : given.tag_namespace == GUMBO_NAMESPACE_SVG ? Space::Svg
                                                               : Space::MathMl;
    node->name = name_of(given);
    node->tag = tag_of(node->name);
    node->attributes = attributes(given);
    return node;
  }

  std::string_view name_of(const GumboElement& given) {
    GumboStringPiece original = given.original_tag;
    gumbo_tag_from_original_text(&original);
    if (given.tag_namespace == GUMBO_NAMESPACE_SVG && original.data != nullptr) {
      const char* adjusted = gumbo_normalize_svg_tagname(&original);
      if (adjusted != nullptr) return adjusted;
    }
    if (given.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(given.tag);
    return storage_.arena.copy(to_lower({original.data, original.length}));
  }

  std::span<const Attribute> attributes(const GumboElement& given) {
    const std::size_t count =
        std::min<std::size_t>(given.attributes.length, limits_.attributes_max);
    storage_.truncated |= count < given.attributes.length;
    auto* attributes = storage_.arena.make_array<Attribute>(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto& one = *static_cast<const GumboAttribute*>(given.attributes.data[i]);
      attributes[i] = {attribute_name(one), clean(one.value)};
    }
    return {attributes, count};
  }

  std::string_view attribute_name(const GumboAttribute& given) {
    switch (given.attr_namespace) {
      case GUMBO_ATTR_NAMESPACE_XLINK:
        return storage_.arena.copy("xlink:" + std::string(given.name));
      case GUMBO_ATTR_NAMESPACE_XML:
        return storage_.arena.copy("xml:" + std::string(given.name));
      case GUMBO_ATTR_NAMESPACE_XMLNS:
        return std::string_view(given.name) == "xlink" ? "xmlns:xlink" : given.name;
      default:
        return given.name;
    }
  }

  // Gumbo lets numeric references overflow into what is no UTF-8.
  std::string_view clean(std::string_view text) {
    return is_valid_utf8(text) ? text : storage_.arena.copy(repaired_utf8(text));
  }

  Document::Storage& storage_;
  const ParseLimits& limits_;
  std::size_t count_ = 1;
};

inline Document parse_with_gumbo(std::string_view utf8, const ParseLimits& limits,
                                 ParseScope scope) {
  auto storage = std::make_unique<Document::Storage>();
  storage->truncated = utf8.size() > limits.bytes_max;
  GumboTree tree(*storage, limits);
  const TreeNode* root = tree.build(utf8_prefix(utf8, limits.bytes_max), scope);
  return finish_document(std::move(storage), *root, limits.depth_max);
}

}  // namespace tidings::html
