// "In body": texts and start tags, WHATWG HTML §13.2.6.4.7.
#include <algorithm>

#include "core/strings.h"
#include "html/character_class.h"
#include "html/special_tags.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

constexpr TagSet kLikeInHead{Tag::Base,     Tag::Basefont, Tag::Bgsound, Tag::Link,     Tag::Meta,
                             Tag::Noframes, Tag::Script,   Tag::Style,   Tag::Template, Tag::Title};
constexpr TagSet kTableModesParts{Tag::Caption, Tag::Col,   Tag::Colgroup, Tag::Frame,
                                  Tag::Head,    Tag::Tbody, Tag::Td,       Tag::Tfoot,
                                  Tag::Th,      Tag::Thead, Tag::Tr};

bool is_hidden_input(const Token& token) {
  return std::any_of(token.attributes.begin(), token.attributes.end(),
                     [](const Attribute& attribute) {
                       return attribute.name == "type" && iequals(attribute.value, "hidden");
                     });
}

}  // namespace

TreeBuilder::Then TreeBuilder::in_body(Token& token) {
  switch (token.kind) {
    case TokenKind::Characters:
      return in_body_characters(token);
    case TokenKind::Comment:
      insert_comment(token);
      return Then::Done;
    case TokenKind::Doctype:
      return Then::Done;
    case TokenKind::StartTag:
      return in_body_start(token);
    case TokenKind::EndTag:
      return in_body_end(token);
    case TokenKind::End:
      return in_body_eof(token);
  }
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::in_body_characters(const Token& token) {
  if (token.has_nul && token.text.find_first_not_of('\0') == std::string_view::npos)
    return Then::Done;
  reconstruct_formatting();
  if (token.has_nul) {
    insert_text_without_nul(token);
  } else {
    insert_text(token.text);
  }
  if (frameset_is_ok_)
    frameset_is_ok_ =
        token.text.find_first_not_of(std::string_view("\t\n\f\r \0", 6)) == std::string_view::npos;
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::in_body_start(Token& token) {
  if (kLikeInHead.contains(token.tag)) return in_head(token);
  if (kClosesP.contains(token.tag)) {
    close_p();
    insert_element(token);
    return Then::Done;
  }
  if (kFormattingTags.contains(token.tag)) {
    reconstruct_formatting();
    push_formatting(token);
    return Then::Done;
  }
  if (kTableModesParts.contains(token.tag)) return Then::Done;
  switch (token.tag) {
    case Tag::Html:
    case Tag::Body:
    case Tag::Frameset:
      return in_body_start_of_document(token);
    case Tag::H1:
    case Tag::H2:
    case Tag::H3:
    case Tag::H4:
    case Tag::H5:
    case Tag::H6:
      close_p();
      if (open_.current_is(kHeadings)) open_.pop();
      insert_element(token);
      return Then::Done;
    case Tag::Pre:
    case Tag::Listing:
      close_p();
      insert_element(token);
      skips_line_feed_ = true;
      frameset_is_ok_ = false;
      return Then::Done;
    case Tag::Form: {
      const bool in_template = open_.has(Tag::Template);
      if (form_ != nullptr && !in_template) return Then::Done;
      close_p();
      TreeNode* form = insert_element(token);
      if (!in_template) form_ = form;
      return Then::Done;
    }
    case Tag::Li:
      start_list_item(token, TagSet{Tag::Li});
      return Then::Done;
    case Tag::Dd:
    case Tag::Dt:
      start_list_item(token, TagSet{Tag::Dd, Tag::Dt});
      return Then::Done;
    case Tag::Plaintext:
      close_p();
      insert_element(token);
      tokenizer_.set_content(ContentKind::PlainText, token.name);
      return Then::Done;
    case Tag::Button:
      if (open_.has_in_scope(Tag::Button)) {
        open_.generate_implied_end_tags();
        open_.pop_until(Tag::Button);
      }
      reconstruct_formatting();
      insert_element(token);
      frameset_is_ok_ = false;
      return Then::Done;
    case Tag::A:
      start_a(token);
      return Then::Done;
    case Tag::Nobr:
      start_nobr(token);
      return Then::Done;
    case Tag::Applet:
    case Tag::Marquee:
    case Tag::Object:
      reconstruct_formatting();
      if (insert_element(token) != nullptr) formatting_.push_marker();
      frameset_is_ok_ = false;
      return Then::Done;
    case Tag::Table:
      if (!is_quirky_) close_p();
      frameset_is_ok_ = false;
      if (insert_element(token) != nullptr) mode_ = Mode::InTable;
      return Then::Done;
    default:
      return in_body_other_start(token);
  }
}

// Those that are leaves, raw, foreign or of forms and ruby.
TreeBuilder::Then TreeBuilder::in_body_other_start(const Token& given) {
  Token token = given;
  switch (token.tag) {
    case Tag::Image:  // "Don't ask."
      token.tag = Tag::Img;
      token.name = tag_name(Tag::Img);
      [[fallthrough]];
    case Tag::Area:
    case Tag::Br:
    case Tag::Embed:
    case Tag::Img:
    case Tag::Keygen:
    case Tag::Wbr:
      reconstruct_formatting();
      insert_leaf(token);
      frameset_is_ok_ = false;
      break;
    case Tag::Input:
      reconstruct_formatting();
      insert_leaf(token);
      frameset_is_ok_ = frameset_is_ok_ && is_hidden_input(token);
      break;
    case Tag::Param:
    case Tag::Source:
    case Tag::Track:
      insert_leaf(token);
      break;
    case Tag::Hr:
      close_p();
      insert_leaf(token);
      frameset_is_ok_ = false;
      break;
    case Tag::Textarea:
      insert_raw(token, ContentKind::EscapableText);
      skips_line_feed_ = true;
      frameset_is_ok_ = false;
      break;
    case Tag::Xmp:
      close_p();
      reconstruct_formatting();
      [[fallthrough]];
    case Tag::Iframe:
      frameset_is_ok_ = false;
      [[fallthrough]];
    case Tag::Noembed:
      insert_raw(token, ContentKind::RawText);
      break;
    case Tag::Select: {
      reconstruct_formatting();
      frameset_is_ok_ = false;
      if (insert_element(token) == nullptr) break;
      const bool in_table = mode_ == Mode::InTable || mode_ == Mode::InCaption ||
                            mode_ == Mode::InTableBody || mode_ == Mode::InRow ||
                            mode_ == Mode::InCell;
      mode_ = in_table ? Mode::InSelectInTable : Mode::InSelect;
      break;
    }
    case Tag::Optgroup:
    case Tag::Option:
      if (open_.current_is(Tag::Option)) open_.pop();
      reconstruct_formatting();
      insert_element(token);
      break;
    case Tag::Rb:
    case Tag::Rtc:
      if (open_.has_in_scope(Tag::Ruby)) open_.generate_implied_end_tags();
      insert_element(token);
      break;
    case Tag::Rp:
    case Tag::Rt:
      if (open_.has_in_scope(Tag::Ruby)) open_.generate_implied_end_tags(Tag::Rtc);
      insert_element(token);
      break;
    case Tag::Math:
    case Tag::Svg:
      reconstruct_formatting();
      insert_foreign(token, token.tag == Tag::Svg ? Space::Svg : Space::MathMl);
      break;
    default:
      reconstruct_formatting();
      insert_element(token);
  }
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::in_body_start_of_document(Token& token) {
  if (open_.has(Tag::Template)) return Then::Done;
  if (token.tag == Tag::Html) {
    merge_attributes(token, *open_[0]);
    return Then::Done;
  }
  const bool has_body = open_.size() > 1 && open_[1]->tag == Tag::Body;
  if (!has_body) return Then::Done;
  if (token.tag == Tag::Body) {
    frameset_is_ok_ = false;
    merge_attributes(token, *open_[1]);
    return Then::Done;
  }
  if (!frameset_is_ok_) return Then::Done;
  detach(*open_[1]);
  while (open_.size() > 1) open_.pop();
  insert_element(token);
  mode_ = Mode::InFrameset;
  return Then::Done;
}

// <li>, and <dd> or <dt>: an open one that nothing special stands in between ends here.
void TreeBuilder::start_list_item(const Token& token, const TagSet& ended_by) {
  constexpr TagSet kPassed{Tag::Address, Tag::Div, Tag::P};
  frameset_is_ok_ = false;
  for (std::size_t i = open_.size(); i-- > 0;) {
    const TreeNode& node = *open_[i];
    if (ended_by.contains(node.tag)) {
      open_.generate_implied_end_tags(node.tag);
      open_.pop_until(node.tag);
      break;
    }
    if (is_special(node) && !kPassed.contains(node.tag)) break;
  }
  close_p();
  insert_element(token);
}

void TreeBuilder::start_a(const Token& token) {
  if (TreeNode* before = formatting_.last_of(Tag::A)) {
    Token end;
    end.kind = TokenKind::EndTag;
    end.tag = Tag::A;
    end.name = tag_name(Tag::A);
    run_adoption_agency(end);
    formatting_.remove(*before);
    open_.remove(*before);
  }
  reconstruct_formatting();
  push_formatting(token);
}

void TreeBuilder::start_nobr(const Token& token) {
  reconstruct_formatting();
  if (open_.has_in_scope(Tag::Nobr)) {
    run_adoption_agency(token);
    reconstruct_formatting();
  }
  push_formatting(token);
}

}  // namespace tidings::html
