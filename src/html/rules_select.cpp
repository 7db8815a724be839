// Choices and templates, WHATWG HTML §13.2.6.4.16 to 18. As of before 2025, when a <select> began
// to hold any markup: what pages hold in one is no text to read.
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

constexpr TagSet kEndSelect{Tag::Input, Tag::Keygen, Tag::Textarea};
constexpr TagSet kTableParts{Tag::Caption, Tag::Table, Tag::Tbody, Tag::Tfoot,
                             Tag::Thead,   Tag::Tr,    Tag::Td,    Tag::Th};
constexpr TagSet kLikeInHead{Tag::Base,     Tag::Basefont, Tag::Bgsound, Tag::Link,     Tag::Meta,
                             Tag::Noframes, Tag::Script,   Tag::Style,   Tag::Template, Tag::Title};

}  // namespace

TreeBuilder::Then TreeBuilder::in_select(Token& token) {
  switch (token.kind) {
    case TokenKind::Characters:
      insert_text_without_nul(token);
      return Then::Done;
    case TokenKind::Comment:
      insert_comment(token);
      return Then::Done;
    case TokenKind::Doctype:
      return Then::Done;
    case TokenKind::End:
      return in_body_eof(token);
    case TokenKind::StartTag:
    case TokenKind::EndTag:
      break;
  }
  const bool is_start = token.kind == TokenKind::StartTag;
  switch (token.tag) {
    case Tag::Html:
      return is_start ? in_body(token) : Then::Done;
    case Tag::Option:
      if (open_.current_is(Tag::Option)) open_.pop();
      if (is_start) insert_element(token);
      return Then::Done;
    case Tag::Optgroup:
      if (is_start) {
        if (open_.current_is(Tag::Option)) open_.pop();
        if (open_.current_is(Tag::Optgroup)) open_.pop();
        insert_element(token);
        return Then::Done;
      }
      if (open_.current_is(Tag::Option) && open_[open_.size() - 2]->tag == Tag::Optgroup)
        open_.pop();
      if (open_.current_is(Tag::Optgroup)) open_.pop();
      return Then::Done;
    case Tag::Hr:
      if (!is_start) return Then::Done;
      if (open_.current_is(Tag::Option)) open_.pop();
      if (open_.current_is(Tag::Optgroup)) open_.pop();
      insert_leaf(token);
      return Then::Done;
    case Tag::Select:
      if (!open_.has_in_select_scope(Tag::Select)) return Then::Done;
      open_.pop_until(Tag::Select);
      reset_mode();
      return Then::Done;
    case Tag::Script:
      return is_start ? in_head(token) : Then::Done;
    case Tag::Template:
      return is_start ? in_head(token) : close_template();
    default:
      break;
  }
  if (!is_start || !kEndSelect.contains(token.tag) || !open_.has_in_select_scope(Tag::Select))
    return Then::Done;
  open_.pop_until(Tag::Select);
  reset_mode();
  return Then::Again;
}

TreeBuilder::Then TreeBuilder::in_select_in_table(Token& token) {
  const bool is_tag = token.kind == TokenKind::StartTag || token.kind == TokenKind::EndTag;
  if (!is_tag || !kTableParts.contains(token.tag)) return in_select(token);
  if (token.kind == TokenKind::EndTag && !open_.has_in_table_scope(token.tag)) return Then::Done;
  open_.pop_until(Tag::Select);
  reset_mode();
  return Then::Again;
}

TreeBuilder::Then TreeBuilder::in_template(Token& token) {
  const auto go_on_in = [this](Mode mode) {
    template_modes_.back() = mode;
    mode_ = mode;
    return Then::Again;
  };
  switch (token.kind) {
    case TokenKind::Characters:
    case TokenKind::Comment:
    case TokenKind::Doctype:
      return in_body(token);
    case TokenKind::End:
      if (!open_.has(Tag::Template)) {
        has_ended_ = true;
        return Then::Done;
      }
      open_.pop_until(Tag::Template);
      formatting_.clear_to_marker();
      template_modes_.pop_back();
      reset_mode();
      return Then::Again;
    case TokenKind::EndTag:
      return token.tag == Tag::Template ? close_template() : Then::Done;
    case TokenKind::StartTag:
      break;
  }
  if (kLikeInHead.contains(token.tag)) return in_head(token);
  switch (token.tag) {
    case Tag::Caption:
    case Tag::Colgroup:
    case Tag::Tbody:
    case Tag::Tfoot:
    case Tag::Thead:
      return go_on_in(Mode::InTable);
    case Tag::Col:
      return go_on_in(Mode::InColumnGroup);
    case Tag::Tr:
      return go_on_in(Mode::InTableBody);
    case Tag::Td:
    case Tag::Th:
      return go_on_in(Mode::InRow);
    default:
      return go_on_in(Mode::InBody);
  }
}

}  // namespace tidings::html
