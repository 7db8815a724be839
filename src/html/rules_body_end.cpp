// "In body": end tags and the end, WHATWG HTML §13.2.6.4.7; and "text", §13.2.6.4.8.
#include "html/special_tags.h"
#include "html/tree_builder.h"

namespace tidings::html {
namespace {

constexpr TagSet kBlocks =
    kClosesP | TagSet{Tag::Button, Tag::Listing, Tag::Pre};  // but <p>, which comes first
constexpr TagSet kWithMarker{Tag::Applet, Tag::Marquee, Tag::Object};

}  // namespace

TreeBuilder::Then TreeBuilder::in_body_end(Token& token) {
  if (kFormattingTags.contains(token.tag)) {
    run_adoption_agency(token);
    return Then::Done;
  }
  switch (token.tag) {
    case Tag::P:
      if (!open_.has_in_button_scope(Tag::P)) insert_element(Tag::P);
      close_p();
      return Then::Done;
    case Tag::A:
    case Tag::Nobr:
      run_adoption_agency(token);
      return Then::Done;
    case Tag::Template:
      return close_template();
    case Tag::Body:
    case Tag::Html:
      return end_body(token);
    case Tag::Form:
      end_form();
      return Then::Done;
    case Tag::Li:
      if (!open_.has_in_list_item_scope(Tag::Li)) return Then::Done;
      open_.generate_implied_end_tags(Tag::Li);
      open_.pop_until(Tag::Li);
      return Then::Done;
    case Tag::Dd:
    case Tag::Dt:
      if (!open_.has_in_scope(token.tag)) return Then::Done;
      open_.generate_implied_end_tags(token.tag);
      open_.pop_until(token.tag);
      return Then::Done;
    case Tag::H1:
    case Tag::H2:
    case Tag::H3:
    case Tag::H4:
    case Tag::H5:
    case Tag::H6:
      end_heading();
      return Then::Done;
    case Tag::Br: {  // there is no such tag: the start tag was meant
      Token start;
      start.kind = TokenKind::StartTag;
      start.tag = Tag::Br;
      start.name = tag_name(Tag::Br);
      return in_body_other_start(start);
    }
    default:
      break;
  }
  if (kBlocks.contains(token.tag)) {
    end_block(token.tag);
  } else if (kWithMarker.contains(token.tag)) {
    if (!open_.has_in_scope(token.tag)) return Then::Done;
    end_block(token.tag);
    formatting_.clear_to_marker();
  } else {
    end_any_other(token);
  }
  return Then::Done;
}

// The body itself stays open: what follows belongs to it.
TreeBuilder::Then TreeBuilder::end_body(Token& token) {
  if (!open_.has_in_scope(Tag::Body)) return Then::Done;
  mode_ = Mode::AfterBody;
  return token.tag == Tag::Html ? Then::Again : Then::Done;
}

void TreeBuilder::end_block(Tag tag) {
  if (!open_.has_in_scope(tag)) return;
  open_.generate_implied_end_tags();
  open_.pop_until(tag);
}

// A form ends whatever else is open in it, and that stays open.
void TreeBuilder::end_form() {
  if (open_.has(Tag::Template)) {
    end_block(Tag::Form);
    return;
  }
  TreeNode* form = form_;
  form_ = nullptr;
  if (form == nullptr || !open_.has_in_scope(*form)) return;
  open_.generate_implied_end_tags();
  open_.remove(*form);
}

// </h1> ends an <h2> as well.
void TreeBuilder::end_heading() {
  if (!open_.has_in_scope(kHeadings)) return;
  open_.generate_implied_end_tags();
  open_.pop_until(kHeadings);
}

void TreeBuilder::end_any_other(const Token& token) {
  if (!open_.has(token.tag)) return;
  for (std::size_t i = open_.size(); i-- > 0;) {
    TreeNode& node = *open_[i];
    if (node.space == Space::Html && node.tag == token.tag && node.name == token.name) {
      if (token.tag != Tag::Unknown)
        open_.generate_implied_end_tags(token.tag);
      else
        open_.generate_implied_end_tags();
      open_.pop_until(node);
      return;
    }
    if (is_special(node)) return;
  }
}

TreeBuilder::Then TreeBuilder::in_body_eof(Token& token) {
  if (!template_modes_.empty()) return in_template(token);
  has_ended_ = true;
  return Then::Done;
}

TreeBuilder::Then TreeBuilder::in_text(Token& token) {
  if (token.kind == TokenKind::Characters) {
    insert_text(token.text);
    return Then::Done;
  }
  open_.pop();
  mode_ = original_mode_;
  return token.kind == TokenKind::End ? Then::Again : Then::Done;
}

}  // namespace tidings::html
