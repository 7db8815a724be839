// Inside SVG and MathML, WHATWG HTML §13.2.6.5.
#include "core/strings.h"
#include "html/foreign_content.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool holds_foreign_alone(const TreeNode& element) {
  return element.space != Space::Html &&
         (element.foreign_roles & (kTextIntegration | kHtmlIntegration)) == 0;
}

}  // namespace

TreeBuilder::Then TreeBuilder::in_foreign(Token& token) {
  switch (token.kind) {
    case TokenKind::Characters: {
      std::string_view rest = token.text;
      while (!rest.empty()) {
        const std::size_t nul = std::min(rest.find('\0'), rest.size());
        insert_text(rest.substr(0, nul));
        if (nul < rest.size()) insert_text(kReplacement);
        rest.remove_prefix(std::min(nul + 1, rest.size()));
      }
      if (frameset_is_ok_)
        frameset_is_ok_ = token.text.find_first_not_of("\t\n\f\r ") == std::string_view::npos;
      return Then::Done;
    }
    case TokenKind::Comment:
      insert_comment(token);
      return Then::Done;
    case TokenKind::Doctype:
    case TokenKind::End:
      return Then::Done;
    case TokenKind::EndTag:
      return end_in_foreign(token);
    case TokenKind::StartTag:
      break;
  }
  if (breaks_out_of_foreign(token)) {
    while (open_.size() > 1 && holds_foreign_alone(*open_.current())) open_.pop();
    return apply(mode_, token);
  }
  insert_foreign(token, open_.current()->space);
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::end_in_foreign(Token& token) {
  if (token.tag == Tag::Br || token.tag == Tag::P) {
    while (open_.size() > 1 && holds_foreign_alone(*open_.current())) open_.pop();
    return apply(mode_, token);
  }
  for (std::size_t i = open_.size(); i-- > 1;) {
    if (iequals(open_[i]->name, token.name)) {
      open_.pop_until(*open_[i]);
      return Then::Done;
    }
    if (open_[i - 1]->space == Space::Html) return apply(mode_, token);
  }
  return Then::Done;
}

}  // namespace tidings::html
