// Behind the body, and pages of frames, WHATWG HTML §13.2.6.4.19 to 23.
#include "html/character_class.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

bool is_start(const Token& token, Tag tag) {
  return token.kind == TokenKind::StartTag && token.tag == tag;
}

bool is_end(const Token& token, Tag tag) {
  return token.kind == TokenKind::EndTag && token.tag == tag;
}

bool is_blank(const Token& token) {
  return token.kind == TokenKind::Characters && has_class(token.text[0], kSpaceChar);
}

}  // namespace

TreeBuilder::Then TreeBuilder::after_body(Token& token) {
  if (is_blank(token) || is_start(token, Tag::Html)) return in_body(token);
  if (token.kind == TokenKind::Comment) {
    append_comment(token, *open_[0]);
    return Then::Done;
  }
  if (token.kind == TokenKind::Doctype) return Then::Done;
  if (token.kind == TokenKind::End) {
    has_ended_ = true;
    return Then::Done;
  }
  if (is_end(token, Tag::Html)) {
    if (scope_ == ParseScope::Page) mode_ = Mode::AfterAfterBody;
    return Then::Done;
  }
  mode_ = Mode::InBody;
  return Then::Again;
}

TreeBuilder::Then TreeBuilder::after_after_body(Token& token) {
  if (token.kind == TokenKind::Comment) {
    append_comment(token, document_);
    return Then::Done;
  }
  if (token.kind == TokenKind::Doctype || is_blank(token) || is_start(token, Tag::Html))
    return in_body(token);
  if (token.kind == TokenKind::End) {
    has_ended_ = true;
    return Then::Done;
  }
  mode_ = Mode::InBody;
  return Then::Again;
}

TreeBuilder::Then TreeBuilder::in_frameset(Token& token) {
  switch (token.kind) {
    case TokenKind::Characters:
      insert_spaces_of(token.text);
      break;
    case TokenKind::Comment:
      insert_comment(token);
      break;
    case TokenKind::Doctype:
      break;
    case TokenKind::End:
      has_ended_ = true;
      break;
    case TokenKind::StartTag:
      if (token.tag == Tag::Html) return in_body(token);
      if (token.tag == Tag::Noframes) return in_head(token);
      if (token.tag == Tag::Frameset) insert_element(token);
      if (token.tag == Tag::Frame) insert_leaf(token);
      break;
    case TokenKind::EndTag:
      if (token.tag != Tag::Frameset || open_.current_is(Tag::Html)) break;
      open_.pop();
      if (!open_.current_is(Tag::Frameset)) mode_ = Mode::AfterFrameset;
      break;
  }
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::after_frameset(Token& token) {
  if (token.kind == TokenKind::Characters) insert_spaces_of(token.text);
  if (token.kind == TokenKind::Comment) insert_comment(token);
  if (token.kind == TokenKind::End) has_ended_ = true;
  if (is_start(token, Tag::Html)) return in_body(token);
  if (is_start(token, Tag::Noframes)) return in_head(token);
  if (is_end(token, Tag::Html)) mode_ = Mode::AfterAfterFrameset;
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::after_after_frameset(Token& token) {
  if (token.kind == TokenKind::Characters) insert_spaces_of(token.text);
  if (token.kind == TokenKind::Comment) append_comment(token, document_);
  if (token.kind == TokenKind::End) has_ended_ = true;
  if (is_start(token, Tag::Html)) return in_body(token);
  if (is_start(token, Tag::Noframes)) return in_head(token);
  return Then::Done;
}

}  // namespace tidings::html
