// Any bytes: the tree is whole, within its limits, and writing it down is no surprise.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "html/document.h"

namespace {

using namespace tidings::html;

void check_tree(const Document& document, const ParseLimits& limits) {
  CHECK(document.size() > 0 && document[0].end == document.size());
  CHECK(document.size() <= limits.nodes_max + 200);
  std::size_t open = 0;
  for (NodeId id = 1; id < document.size(); ++id) {
    const Node& node = document[id];
    CHECK(node.parent < id && node.end > id && node.end <= document[node.parent].end);
    CHECK(node.attributes.size() <= limits.attributes_max);
    if (node.next_sibling != kNoNode) {
      CHECK(node.next_sibling == node.end);
      CHECK(document[node.next_sibling].previous_sibling == id);
      CHECK(document[node.next_sibling].parent == node.parent);
    } else {
      CHECK(node.end == document[node.parent].end);
    }
    CHECK((node.previous_sibling == kNoNode) == (node.parent == id - 1));
    open = 0;
    for (NodeId at = node.parent; at != kNoNode; at = document[at].parent) ++open;
    CHECK(open <= limits.depth_max + 2);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ParseLimits limits{.nodes_max = 3000, .depth_max = 40, .attributes_max = 8};
  for (const bool is_page : {true, false}) {
    const Document document =
        is_page ? Document::parse(bytes, limits) : Document::parse_fragment(bytes, limits);
    check_tree(document, limits);
    std::string html;
    write_html(html, document, document.root());
    CHECK(text_content(document, document.root(), 100).size() <= 100);
    check_tree(Document::parse(html, limits), limits);
  }
  return 0;
}
