// Any selector on any page: no crash, and both ways of asking agree.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "html/selector.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  using namespace tidings::html;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(input.find('\n'), input.size());  // selector, then page
  const Result<Selector> selector = Selector::parse(input.substr(0, cut));
  if (!selector) {
    CHECK(!selector.error().message.empty());
    return 0;
  }
  const Document document = Document::parse(input.substr(cut), {.nodes_max = 500});
  const std::vector<NodeId> found = selector->find_all(document);
  CHECK(selector->find_first(document) == (found.empty() ? kNoNode : found.front()));
  NodeId hidden_until = 0;
  std::size_t next = 0;
  for (NodeId id = 0; id < document.size(); ++id) {
    if (id < hidden_until) continue;
    const bool was_found = next < found.size() && found[next] == id;
    if (was_found) ++next;
    CHECK(selector->matches(document, id) == was_found);
    if (document[id].tag == Tag::Template) hidden_until = document[id].end;
  }
  CHECK(next == found.size());
  return 0;
}
