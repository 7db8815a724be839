// The tree of an HTML page, as every browser would build it: the one reading of HTML that the
// whole program shares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "html/tag.h"

namespace tidings::html {

enum class NodeKind : std::uint8_t { Document, Doctype, Element, Text, Comment };
enum class Space : std::uint8_t { Html, Svg, MathMl };

// A node's position in document order: a subtree is the range [id, node.end).
using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;

struct Attribute {
  std::string_view name;   // in lower case, but for those of SVG and MathML that have capitals
  std::string_view value;  // decoded
};

struct Node {
  NodeKind kind = NodeKind::Document;
  Space space = Space::Html;
  Tag tag = Tag::Unknown;  // of an element of HTML; SVG's and MathML's have a name alone
  NodeId parent = kNoNode;
  NodeId next_sibling = kNoNode;
  NodeId previous_sibling = kNoNode;
  NodeId end = 0;  // one past the last node of the subtree
  // Of an element in lower case (but for SVG's like "foreignObject"), or of the document type.
  std::string_view name;
  std::string_view text;  // of text (decoded) and comments
  // Of an element; of a document type its "public" and "system" identifiers, where it has them.
  std::span<const Attribute> attributes;
};

// What is beyond is cut, and truncated() says so.
struct ParseLimits {
  std::size_t bytes_max = 16 * 1024 * 1024;  // of the page
  std::size_t nodes_max = 500'000;           // about 200 bytes of memory each
  std::size_t depth_max = 512;  // as in browsers; deeper elements are left out, their text stays
  std::size_t attributes_max = 256;  // of one element
};

// A parsed page. Nodes and strings live in its memory, but some strings are views into the bytes
// that were parsed: those must outlive it. Immutable, so that many threads may read it.
class Document {
 public:
  // Builds the tree of WHATWG HTML §13.2, scripting off (what stands in <noscript> is markup).
  // `utf8` is valid UTF-8; invalid bytes stay as they are. Never fails: every text has a meaning in
  // HTML. The contents of a <template> are its children. Linear in the size of the page (times
  // depth_max at worst). Safe to call from many threads.
  static Document parse(std::string_view utf8, const ParseLimits& limits = {});

  // What would stand inside a <body> (§13.4): the nodes are children of root().
  static Document parse_fragment(std::string_view utf8, const ParseLimits& limits = {});

  std::size_t size() const { return count_; }
  const Node& operator[](NodeId id) const { return nodes_[id]; }
  NodeId root() const { return 0; }  // the document node
  bool truncated() const { return truncated_; }

  // A tree that is being built; html/tree.h.
  struct Storage;
  explicit Document(std::unique_ptr<Storage> storage);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

 private:
  std::unique_ptr<Storage> storage_;
  const Node* nodes_ = nullptr;
  std::size_t count_ = 0;
  bool truncated_ = false;
};

// Empty when there is none; `name` in lower case.
std::string_view attribute(const Node& node, std::string_view name);
bool has_attribute(const Node& node, std::string_view name);

// Whether the white-space separated attribute has this word ("class", "rel"); case counts.
bool has_word(const Node& node, std::string_view attribute_name, std::string_view word);

// kNoNode when there is none.
NodeId first_child(const Document& document, NodeId id);

// All text below (or of) a node, as it stands there, cut at a code point; without what templates
// hold, unless `id` is one.
std::string text_content(const Document& document, NodeId id, std::size_t bytes_max = SIZE_MAX);

// Serializes a node with what is below it (§13.3); of the document node what is below it.
void write_html(std::string& out, const Document& document, NodeId id);

}  // namespace tidings::html
