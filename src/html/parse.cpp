// A page within its limits, from text to tree.
#include "core/utf8.h"
#include "html/document.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

Document parse_as(std::string_view utf8, const ParseLimits& limits, ParseScope scope) {
  auto storage = std::make_unique<Document::Storage>();
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (utf8.starts_with(kByteOrderMark)) utf8.remove_prefix(kByteOrderMark.size());
  const std::string_view input = utf8_prefix(utf8, limits.bytes_max);
  TreeBuilder builder(input, limits, scope, storage->arena);
  const TreeNode& root = builder.run();
  storage->truncated = builder.truncated() || input.size() < utf8.size();
  return finish_document(std::move(storage), root, limits.depth_max);
}

}  // namespace

Document Document::parse(std::string_view utf8, const ParseLimits& limits) {
  return parse_as(utf8, limits, ParseScope::Page);
}

Document Document::parse_fragment(std::string_view utf8, const ParseLimits& limits) {
  return parse_as(utf8, limits, ParseScope::BodyFragment);
}

}  // namespace tidings::html
