#include "normalize/html_tree.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "core/strings.h"
#include "normalize/clean_text.h"
#include "normalize/html_elements.h"
#include "normalize/html_writer.h"

namespace tidings::normalize {
namespace {

constexpr std::size_t kTreeBytesMax = std::size_t{64} * 1024 * 1024;

// Gumbo's memory: handed out in a row and given back all at once. Gumbo's own way to free a tree
// recurses as deep as the tree is, and it cannot go on without memory: when the grant is used up,
// we leave through `on_exhausted`.
class Arena {
 public:
  std::jmp_buf on_exhausted;

  void* allocate(std::size_t size) {
    constexpr std::size_t kAlignment = alignof(std::max_align_t);
    size = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (size > room_) add_chunk(size);
    std::byte* memory = next_;
    next_ += size;
    room_ -= size;
    return memory;
  }

 private:
  void add_chunk(std::size_t size_min) {
    constexpr std::size_t kFirstBytes =
        std::size_t{64} * 1024;  // below what malloc asks the system for each time
    const std::size_t size = std::max(size_min, std::max(granted_, kFirstBytes));
    if (granted_ + size > kTreeBytesMax)
      std::longjmp(on_exhausted, 1);  // only C frames lie between
    granted_ += size;
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    next_ = chunks_.back().get();
    room_ = size;
  }

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte* next_ = nullptr;
  std::size_t room_ = 0;
  std::size_t granted_ = 0;
};

// nullptr when the arena was used up. Nothing here has a destructor, so that the jump skips none.
const GumboOutput* parse(std::string_view html, Arena& arena) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* memory, std::size_t size) {
    return static_cast<Arena*>(memory)->allocate(size);
  };
  options.deallocator = [](void*, void*) {};
  options.userdata = &arena;
  options.max_errors = 0;
  options.fragment_context = GUMBO_TAG_BODY;
  if (setjmp(arena.on_exhausted) != 0) return nullptr;
  return gumbo_parse_with_options(&options, html.data(), html.size());
}

// Our table by gumbo's numbers.
const Element& element_of(const GumboElement& node) {
  static const std::array<const Element*, GUMBO_TAG_LAST> kByTag = [] {
    std::array<const Element*, GUMBO_TAG_LAST> table{};
    for (std::size_t tag = 0; tag < table.size(); ++tag) {
      const Element* element = find_element(gumbo_normalized_tagname(static_cast<GumboTag>(tag)));
      table[tag] = element == nullptr ? &kUnknownElement : element;
    }
    return table;
  }();
  if (node.tag_namespace != GUMBO_NAMESPACE_HTML)
    return *find_element("svg");  // and MathML: dropped alike
  if (node.tag != GUMBO_TAG_UNKNOWN) return *kByTag[node.tag];
  GumboStringPiece name = node.original_tag;
  gumbo_tag_from_original_text(&name);
  const Element* element =
      find_element(to_lower({name.data, name.data == nullptr ? 0 : name.length}));
  return element == nullptr ? kUnknownElement : *element;
}

// Numeric references give what the input itself may not have; in gumbo they overflow, too.
std::string_view clean(const char* text, std::deque<std::string>& repaired) {
  if (is_clean(text)) return text;
  return repaired.emplace_back(cleaned(text));
}

void collect_attributes(const GumboElement& node, std::vector<Attribute>& attributes,
                        std::deque<std::string>& repaired) {
  attributes.clear();
  for (unsigned i = 0; i < node.attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(node.attributes.data[i]);
    attributes.push_back({attribute->name, clean(attribute->value, repaired)});
  }
}

// Depth first, without recursion: trees are as deep as their authors like.
void write_children(const GumboNode& root, SafeHtmlWriter& writer) {
  struct Place {
    const GumboVector* children;
    unsigned next;
  };
  std::vector<Place> places = {{&root.v.element.children, 0}};
  std::vector<Attribute> attributes;
  std::deque<std::string> repaired;  // views point into it
  while (!places.empty()) {
    Place& place = places.back();
    if (place.next == place.children->length) {
      places.pop_back();
      if (!places.empty()) writer.close();
      continue;
    }
    const auto& node = *static_cast<const GumboNode*>(place.children->data[place.next++]);
    if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) {
      const Element& element = element_of(node.v.element);
      collect_attributes(node.v.element, attributes, repaired);
      writer.open(element, attributes);
      if (!element.is_void) places.push_back({&node.v.element.children, 0});
    } else if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
               node.type == GUMBO_NODE_CDATA) {
      writer.text(clean(node.v.text.text, repaired));
    }
  }
}

}  // namespace

std::optional<SanitizedHtml> sanitize_by_tree(std::string_view html, std::string_view base_url) {
  Arena arena;
  const GumboOutput* output = parse(html, arena);
  if (output == nullptr) return std::nullopt;
  SafeHtmlWriter writer(base_url, html.size());
  write_children(*output->root, writer);
  return writer.finish();
}

}  // namespace tidings::normalize
