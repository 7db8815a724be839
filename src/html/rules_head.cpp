// Up to the end of the head, WHATWG HTML §13.2.6.4.1 to 6; and templates, which begin there.
#include "html/quirks.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

constexpr TagSet kMetadataLeaves{Tag::Base, Tag::Basefont, Tag::Bgsound, Tag::Link, Tag::Meta};
constexpr TagSet kHeadContent =
    kMetadataLeaves | TagSet{Tag::Noframes, Tag::Script, Tag::Style, Tag::Template, Tag::Title};
constexpr TagSet kNoscriptContent{Tag::Basefont, Tag::Bgsound,  Tag::Link,
                                  Tag::Meta,     Tag::Noframes, Tag::Style};
constexpr TagSet kEndsThatBegin{Tag::Head, Tag::Body, Tag::Html, Tag::Br};
constexpr TagSet kEndsThatLeaveHead{Tag::Body, Tag::Html, Tag::Br};

bool is_blank(const Token& token) {
  return token.kind == TokenKind::Characters &&
         token.text.find_first_not_of("\t\n\f\r ") == std::string_view::npos;
}

bool is_start(const Token& token, Tag tag) {
  return token.kind == TokenKind::StartTag && token.tag == tag;
}

bool is_end(const Token& token, Tag tag) {
  return token.kind == TokenKind::EndTag && token.tag == tag;
}

}  // namespace

TreeBuilder::Then TreeBuilder::in_initial(Token& token) {
  if (is_blank(token)) return Then::Done;
  if (token.kind == TokenKind::Comment) {
    append_comment(token, document_);
    return Then::Done;
  }
  mode_ = Mode::BeforeHtml;
  is_quirky_ = token.kind != TokenKind::Doctype || is_quirky(token);
  if (token.kind != TokenKind::Doctype) return Then::Again;
  TreeNode& doctype = make_node(NodeKind::Doctype);
  doctype.name = token.name;
  auto* ids = arena_.make_array<Attribute>(2);
  std::size_t count = 0;
  if (token.has_public_id) ids[count++] = {"public", token.public_id};
  if (token.has_system_id) ids[count++] = {"system", token.system_id};
  doctype.attributes = {ids, count};
  append_child(document_, doctype);
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::before_html(Token& token) {
  if (is_blank(token) || token.kind == TokenKind::Doctype) return Then::Done;
  if (token.kind == TokenKind::Comment) {
    append_comment(token, document_);
    return Then::Done;
  }
  if (token.kind == TokenKind::EndTag && !kEndsThatBegin.contains(token.tag)) return Then::Done;
  Token html;
  html.tag = Tag::Html;
  html.name = tag_name(Tag::Html);
  const bool is_html = is_start(token, Tag::Html);
  TreeNode& element = make_element(is_html ? token : html, Space::Html);
  append_child(document_, element);
  open_.push(element);
  mode_ = Mode::BeforeHead;
  return is_html ? Then::Done : Then::Again;
}

TreeBuilder::Then TreeBuilder::before_head(Token& token) {
  if (is_blank(token) || token.kind == TokenKind::Doctype) return Then::Done;
  if (token.kind == TokenKind::Comment) {
    insert_comment(token);
    return Then::Done;
  }
  if (is_start(token, Tag::Html)) return in_body(token);
  if (token.kind == TokenKind::EndTag && !kEndsThatBegin.contains(token.tag)) return Then::Done;
  mode_ = Mode::InHead;
  if (is_start(token, Tag::Head)) {
    head_ = insert_element(token);
    return Then::Done;
  }
  head_ = insert_element(Tag::Head);
  return Then::Again;
}

TreeBuilder::Then TreeBuilder::in_head(Token& token) {
  if (is_blank(token)) {
    insert_text(token.text);
    return Then::Done;
  }
  if (token.kind == TokenKind::Comment) {
    insert_comment(token);
    return Then::Done;
  }
  if (token.kind == TokenKind::Doctype) return Then::Done;
  if (token.kind == TokenKind::StartTag) {
    if (kMetadataLeaves.contains(token.tag)) {
      insert_leaf(token);
      return Then::Done;
    }
    switch (token.tag) {
      case Tag::Html:
        return in_body(token);
      case Tag::Title:
        insert_raw(token, ContentKind::EscapableText);
        return Then::Done;
      case Tag::Noscript:
        if (insert_element(token) != nullptr) mode_ = Mode::InHeadNoscript;
        return Then::Done;
      case Tag::Noframes:
      case Tag::Style:
        insert_raw(token, ContentKind::RawText);
        return Then::Done;
      case Tag::Script:
        insert_raw(token, ContentKind::Script);
        return Then::Done;
      case Tag::Template:
        return open_template(token);
      case Tag::Head:
        return Then::Done;
      default:
        break;
    }
  }
  if (token.kind == TokenKind::EndTag) {
    if (token.tag == Tag::Template) return close_template();
    if (token.tag != Tag::Head && !kEndsThatLeaveHead.contains(token.tag)) return Then::Done;
  }
  open_.pop();
  mode_ = Mode::AfterHead;
  return is_end(token, Tag::Head) ? Then::Done : Then::Again;
}

TreeBuilder::Then TreeBuilder::open_template(const Token& token) {
  if (insert_element(token) == nullptr) return Then::Done;
  formatting_.push_marker();
  frameset_is_ok_ = false;
  mode_ = Mode::InTemplate;
  template_modes_.push_back(Mode::InTemplate);
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::close_template() {
  if (!open_.has(Tag::Template)) return Then::Done;
  open_.generate_all_implied_end_tags();
  open_.pop_until(Tag::Template);
  formatting_.clear_to_marker();
  template_modes_.pop_back();
  reset_mode();
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::in_head_noscript(Token& token) {
  if (token.kind == TokenKind::Doctype) return Then::Done;
  if (is_start(token, Tag::Html)) return in_body(token);
  if (is_blank(token) || token.kind == TokenKind::Comment ||
      (token.kind == TokenKind::StartTag && kNoscriptContent.contains(token.tag))) {
    return in_head(token);
  }
  if (is_start(token, Tag::Head) || is_start(token, Tag::Noscript)) return Then::Done;
  if (token.kind == TokenKind::EndTag && token.tag != Tag::Noscript && token.tag != Tag::Br)
    return Then::Done;
  open_.pop();
  mode_ = Mode::InHead;
  return is_end(token, Tag::Noscript) ? Then::Done : Then::Again;
}

TreeBuilder::Then TreeBuilder::after_head(Token& token) {
  if (is_blank(token)) {
    insert_text(token.text);
    return Then::Done;
  }
  if (token.kind == TokenKind::Comment) {
    insert_comment(token);
    return Then::Done;
  }
  if (token.kind == TokenKind::Doctype || is_start(token, Tag::Head)) return Then::Done;
  if (is_start(token, Tag::Html)) return in_body(token);
  if (is_start(token, Tag::Body) || is_start(token, Tag::Frameset)) {
    insert_element(token);
    frameset_is_ok_ = frameset_is_ok_ && token.tag == Tag::Frameset;
    mode_ = token.tag == Tag::Body ? Mode::InBody : Mode::InFrameset;
    return Then::Done;
  }
  if (token.kind == TokenKind::StartTag && kHeadContent.contains(token.tag)) {
    open_.push(*head_);
    const Then then = in_head(token);
    open_.remove(*head_);
    return then;
  }
  if (token.kind == TokenKind::EndTag) {
    if (token.tag == Tag::Template) return in_head(token);
    if (!kEndsThatLeaveHead.contains(token.tag)) return Then::Done;
  }
  insert_element(Tag::Body);
  mode_ = Mode::InBody;
  return Then::Again;
}

}  // namespace tidings::html
