// Who builds the tree.
#include "html/document.h"
#include "html/gumbo_parser.h"

namespace tidings::html {

Document Document::parse(std::string_view utf8, const ParseLimits& limits) {
  return parse_with_gumbo(utf8, limits, ParseScope::Page);
}

Document Document::parse_fragment(std::string_view utf8, const ParseLimits& limits) {
  return parse_with_gumbo(utf8, limits, ParseScope::Fragment);
}

}  // namespace tidings::html
