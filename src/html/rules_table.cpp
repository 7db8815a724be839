// Tables, WHATWG HTML §13.2.6.4.9 to 15.
#include <algorithm>

#include "core/strings.h"
#include "html/character_class.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

constexpr TagSet kTableContext{Tag::Table, Tag::Template, Tag::Html};
constexpr TagSet kBodyContext{Tag::Tbody, Tag::Tfoot, Tag::Thead, Tag::Template, Tag::Html};
constexpr TagSet kRowContext{Tag::Tr, Tag::Template, Tag::Html};
constexpr TagSet kTextGoesToTableText{Tag::Table, Tag::Tbody, Tag::Template,
                                      Tag::Tfoot, Tag::Thead, Tag::Tr};
constexpr TagSet kSections{Tag::Tbody, Tag::Tfoot, Tag::Thead};
constexpr TagSet kCells{Tag::Td, Tag::Th};
constexpr TagSet kParts =
    kSections | kCells | TagSet{Tag::Caption, Tag::Col, Tag::Colgroup, Tag::Tr};
// What ends a section when it begins inside one.
constexpr TagSet kAroundSections = kSections | TagSet{Tag::Caption, Tag::Col, Tag::Colgroup};
constexpr TagSet kAroundRows = kAroundSections | TagSet{Tag::Tr};
// End tags that mean nothing in a table, row or cell.
constexpr TagSet kDocumentEnds{Tag::Body, Tag::Html};
constexpr TagSet kStrayEnds = kDocumentEnds | TagSet{Tag::Caption, Tag::Col, Tag::Colgroup};

bool is_start(const Token& token, const TagSet& tags) {
  return token.kind == TokenKind::StartTag && tags.contains(token.tag);
}

bool is_end(const Token& token, const TagSet& tags) {
  return token.kind == TokenKind::EndTag && tags.contains(token.tag);
}

bool is_end(const Token& token, Tag tag) {
  return token.kind == TokenKind::EndTag && token.tag == tag;
}

}  // namespace

TreeBuilder::Then TreeBuilder::in_table(Token& token) {
  switch (token.kind) {
    case TokenKind::Characters:
      if (!open_.current_is(kTextGoesToTableText)) break;
      table_text_.clear();
      original_mode_ = mode_;
      mode_ = Mode::InTableText;
      return Then::Again;
    case TokenKind::Comment:
      insert_comment(token);
      return Then::Done;
    case TokenKind::Doctype:
      return Then::Done;
    case TokenKind::StartTag:
      return in_table_start(token);
    case TokenKind::EndTag:
      return in_table_end(token);
    case TokenKind::End:
      return in_body_eof(token);
  }
  return in_table_otherwise(token);
}

TreeBuilder::Then TreeBuilder::in_table_start(Token& token) {
  switch (token.tag) {
    case Tag::Caption:
      open_.pop_to(kTableContext);
      formatting_.push_marker();
      insert_element(token);
      mode_ = Mode::InCaption;
      return Then::Done;
    case Tag::Colgroup:
      open_.pop_to(kTableContext);
      insert_element(token);
      mode_ = Mode::InColumnGroup;
      return Then::Done;
    case Tag::Col:
      open_.pop_to(kTableContext);
      insert_element(Tag::Colgroup);
      mode_ = Mode::InColumnGroup;
      return Then::Again;
    case Tag::Tbody:
    case Tag::Tfoot:
    case Tag::Thead:
      open_.pop_to(kTableContext);
      insert_element(token);
      mode_ = Mode::InTableBody;
      return Then::Done;
    case Tag::Td:
    case Tag::Th:
    case Tag::Tr:
      open_.pop_to(kTableContext);
      insert_element(Tag::Tbody);
      mode_ = Mode::InTableBody;
      return Then::Again;
    case Tag::Table:
      if (!open_.has_in_table_scope(Tag::Table)) return Then::Done;
      open_.pop_until(Tag::Table);
      reset_mode();
      return Then::Again;
    case Tag::Style:
    case Tag::Script:
    case Tag::Template:
      return in_head(token);
    case Tag::Input: {
      const bool is_hidden = std::any_of(
          token.attributes.begin(), token.attributes.end(), [](const Attribute& attribute) {
            return attribute.name == "type" && iequals(attribute.value, "hidden");
          });
      if (!is_hidden) break;
      insert_leaf(token);
      return Then::Done;
    }
    case Tag::Form:
      if (open_.has(Tag::Template) || form_ != nullptr) return Then::Done;
      form_ = insert_element(token);
      if (form_ != nullptr) open_.pop();
      return Then::Done;
    default:
      break;
  }
  return in_table_otherwise(token);
}

TreeBuilder::Then TreeBuilder::in_table_end(Token& token) {
  if (token.tag == Tag::Table) {
    if (!open_.has_in_table_scope(Tag::Table)) return Then::Done;
    open_.pop_until(Tag::Table);
    reset_mode();
    return Then::Done;
  }
  if (kParts.contains(token.tag) || kDocumentEnds.contains(token.tag)) return Then::Done;
  if (token.tag == Tag::Template) return close_template();
  return in_table_otherwise(token);
}

TreeBuilder::Then TreeBuilder::in_table_otherwise(Token& token) {
  fosters_parents_ = true;
  const Then then = in_body(token);
  fosters_parents_ = false;
  return then;
}

TreeBuilder::Then TreeBuilder::in_table_text(Token& token) {
  if (token.kind == TokenKind::Characters) {
    table_text_.push_back(token.text);
    return Then::Done;
  }
  const auto is_blank = [](std::string_view text) {
    return text.find_first_not_of(std::string_view("\t\n\f\r \0", 6)) == std::string_view::npos;
  };
  const bool all_blank = std::all_of(table_text_.begin(), table_text_.end(), is_blank);
  for (const std::string_view text : table_text_) {
    Token characters;
    characters.kind = TokenKind::Characters;
    characters.text = text;
    characters.has_nul = text.find('\0') != std::string_view::npos;
    if (all_blank) {
      insert_text_without_nul(characters);
    } else {
      in_table_otherwise(characters);
    }
  }
  mode_ = original_mode_;
  return Then::Again;
}

// What the end tag of the context would do, for a token that implies it.
TreeBuilder::Then TreeBuilder::leave(const TagSet& context, Mode next) {
  open_.pop_to(context);
  open_.pop();
  mode_ = next;
  return Then::Again;
}

TreeBuilder::Then TreeBuilder::in_caption(Token& token) {
  if (is_end(token, Tag::Caption) || is_start(token, kParts) || is_end(token, Tag::Table)) {
    if (!open_.has_in_table_scope(Tag::Caption)) return Then::Done;
    open_.generate_implied_end_tags();
    open_.pop_until(Tag::Caption);
    formatting_.clear_to_marker();
    mode_ = Mode::InTable;
    return is_end(token, Tag::Caption) ? Then::Done : Then::Again;
  }
  if (is_end(token, kParts) || is_end(token, kDocumentEnds)) return Then::Done;
  return in_body(token);
}

TreeBuilder::Then TreeBuilder::in_column_group(Token& token) {
  const bool is_blank = token.kind == TokenKind::Characters && has_class(token.text[0], kSpaceChar);
  if (is_blank) {
    insert_text(token.text);
    return Then::Done;
  }
  switch (token.kind) {
    case TokenKind::Comment:
      insert_comment(token);
      return Then::Done;
    case TokenKind::Doctype:
      return Then::Done;
    case TokenKind::End:
      return in_body_eof(token);
    case TokenKind::StartTag:
      if (token.tag == Tag::Html) return in_body(token);
      if (token.tag == Tag::Template) return in_head(token);
      if (token.tag != Tag::Col) break;
      insert_leaf(token);
      return Then::Done;
    case TokenKind::EndTag:
      if (token.tag == Tag::Col) return Then::Done;
      if (token.tag == Tag::Template) return close_template();
      break;
    case TokenKind::Characters:
      break;
  }
  if (!open_.current_is(Tag::Colgroup)) {
    if (token.kind == TokenKind::Characters) insert_spaces_of(token.text);
    return Then::Done;
  }
  open_.pop();
  mode_ = Mode::InTable;
  return is_end(token, Tag::Colgroup) ? Then::Done : Then::Again;
}

TreeBuilder::Then TreeBuilder::in_table_body(Token& token) {
  if (is_start(token, TagSet{Tag::Tr})) {
    open_.pop_to(kBodyContext);
    insert_element(token);
    mode_ = Mode::InRow;
    return Then::Done;
  }
  if (is_start(token, kCells)) {
    open_.pop_to(kBodyContext);
    insert_element(Tag::Tr);
    mode_ = Mode::InRow;
    return Then::Again;
  }
  if (is_end(token, kSections)) {
    if (!open_.has_in_table_scope(token.tag)) return Then::Done;
    leave(kBodyContext, Mode::InTable);
    return Then::Done;
  }
  if (is_start(token, kAroundSections) || is_end(token, Tag::Table)) {
    if (!open_.has_in_table_scope(kSections)) return Then::Done;
    return leave(kBodyContext, Mode::InTable);
  }
  if (is_end(token, kStrayEnds | kCells | TagSet{Tag::Tr})) return Then::Done;
  return in_table(token);
}

TreeBuilder::Then TreeBuilder::in_row(Token& token) {
  if (is_start(token, kCells)) {
    open_.pop_to(kRowContext);
    insert_element(token);
    mode_ = Mode::InCell;
    formatting_.push_marker();
    return Then::Done;
  }
  if (is_end(token, Tag::Tr) || is_start(token, kAroundRows) || is_end(token, Tag::Table) ||
      is_end(token, kSections)) {
    if (is_end(token, kSections) && !open_.has_in_table_scope(token.tag)) return Then::Done;
    if (!open_.has_in_table_scope(Tag::Tr)) return Then::Done;
    leave(kRowContext, Mode::InTableBody);
    return is_end(token, Tag::Tr) ? Then::Done : Then::Again;
  }
  if (is_end(token, kStrayEnds | kCells)) return Then::Done;
  return in_table(token);
}

TreeBuilder::Then TreeBuilder::in_cell(Token& token) {
  if (is_end(token, kCells)) {
    if (!open_.has_in_table_scope(token.tag)) return Then::Done;
    open_.generate_implied_end_tags();
    open_.pop_until(token.tag);
    formatting_.clear_to_marker();
    mode_ = Mode::InRow;
    return Then::Done;
  }
  if (is_start(token, kParts)) {
    if (!open_.has_in_table_scope(kCells)) return Then::Done;
    close_cell();
    return Then::Again;
  }
  if (is_end(token, kStrayEnds)) return Then::Done;
  if (is_end(token, kSections | TagSet{Tag::Table, Tag::Tr})) {
    if (!open_.has_in_table_scope(token.tag)) return Then::Done;
    close_cell();
    return Then::Again;
  }
  return in_body(token);
}

void TreeBuilder::close_cell() {
  open_.generate_implied_end_tags();
  open_.pop_until(kCells);
  formatting_.clear_to_marker();
  mode_ = Mode::InRow;
}

}  // namespace tidings::html
