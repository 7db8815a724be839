#include "html/tree_builder.h"

#include "core/strings.h"
#include "html/character_class.h"

namespace tidings::html {
namespace {

// White space at the start of a text is treated apart from the rest of it.
constexpr bool is_blank(std::string_view text) {
  return !text.empty() && has_class(text[0], kSpaceChar);
}

std::size_t leading_spaces(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && has_class(text[count], kSpaceChar)) ++count;
  return count;
}

}  // namespace

TreeBuilder::TreeBuilder(std::string_view input, const ParseLimits& limits, ParseScope scope,
                         Arena& arena)
    : arena_(arena),
      tokenizer_(input, arena, limits.attributes_max),
      limits_(limits),
      scope_(scope),
      document_(*arena.make<TreeNode>()) {
  if (scope == ParseScope::Page) return;
  TreeNode& root = *arena.make<TreeNode>();  // §13.4
  root.kind = NodeKind::Element;
  root.tag = Tag::Html;
  root.name = tag_name(Tag::Html);
  append_child(document_, root);
  open_.push(root);
  mode_ = Mode::InBody;
}

const TreeNode& TreeBuilder::run() {
  Token token;
  while (!has_ended_) {
    if (nodes_ >= limits_.nodes_max) {
      truncated_ = true;
      token = Token{};
    } else {
      tokenizer_.next(token, !open_.empty() && open_.current()->space != Space::Html);
    }
    process(token);
  }
  truncated_ |= tokenizer_.cut_attributes();
  if (scope_ == ParseScope::Page) return document_;
  TreeNode& root = *document_.first_child;
  root.kind = NodeKind::Document;
  return root;
}

void TreeBuilder::process(Token& token) {
  if (skips_line_feed_) {
    skip_first_line_feed(token);
    if (token.kind == TokenKind::Characters && token.text.empty()) return;
  }
  if (dropped_count_ > 0 && is_end_of_dropped(token)) return;
  Then then = Then::Again;
  while (then == Then::Again && !has_ended_)
    then = follows_foreign_rules(token) ? in_foreign(token) : apply(mode_, token);
}

// Behind <pre>, <listing> and <textarea>.
void TreeBuilder::skip_first_line_feed(Token& token) {
  skips_line_feed_ = false;
  if (token.kind == TokenKind::Characters && token.text.starts_with('\n'))
    token.text.remove_prefix(1);
}

bool TreeBuilder::is_end_of_dropped(const Token& token) {
  if (!is_full_for(Tag::Div)) {  // what they stood in has ended
    dropped_.fill(0);
    dropped_count_ = 0;
    return false;
  }
  std::uint32_t& count = dropped_[static_cast<std::size_t>(token.tag)];
  if (token.kind != TokenKind::EndTag || count == 0) return false;
  --count;
  --dropped_count_;
  return true;
}

// §13.2.6, the tree construction dispatcher.
bool TreeBuilder::follows_foreign_rules(const Token& token) const {
  if (open_.empty() || open_.current()->space == Space::Html || token.kind == TokenKind::End)
    return false;
  const std::uint8_t roles = open_.current()->foreign_roles;
  const bool is_text = token.kind == TokenKind::Characters;
  const bool is_start = token.kind == TokenKind::StartTag;
  if ((roles & kTextIntegration) != 0 &&
      (is_text || (is_start && token.name != "mglyph" && token.name != "malignmark"))) {
    return false;
  }
  if ((roles & kAnnotationXml) != 0 && is_start && token.tag == Tag::Svg) return false;
  return (roles & kHtmlIntegration) == 0 || (!is_start && !is_text);
}

TreeBuilder::Then TreeBuilder::apply(Mode mode, Token& token) {
  switch (mode) {
    case Mode::InBody:
      return in_body(token);
    case Mode::Text:
      return in_text(token);
    case Mode::InTable:
      return in_table(token);
    case Mode::InTableText:
      return in_table_text(token);
    case Mode::InCaption:
      return in_caption(token);
    case Mode::InTableBody:
      return in_table_body(token);
    case Mode::InRow:
      return in_row(token);
    case Mode::InCell:
      return in_cell(token);
    case Mode::InSelect:
      return in_select(token);
    case Mode::InSelectInTable:
      return in_select_in_table(token);
    case Mode::InTemplate:
      return in_template(token);
    case Mode::InFrameset:
      return in_frameset(token);
    case Mode::AfterFrameset:
      return after_frameset(token);
    case Mode::AfterAfterFrameset:
      return after_after_frameset(token);
    default:
      return apply_to_pieces(mode, token);
  }
}

// Where white space means something else than other characters do, a text is two tokens.
TreeBuilder::Then TreeBuilder::apply_to_pieces(Mode mode, Token& token) {
  if (token.kind == TokenKind::Characters && is_blank(token.text) &&
      leading_spaces(token.text) < token.text.size()) {
    const std::size_t spaces = leading_spaces(token.text);
    Token blank = token;
    blank.text = token.text.substr(0, spaces);
    blank.has_nul = false;
    token.text.remove_prefix(spaces);
    process(blank);
    return Then::Again;
  }
  switch (mode) {
    case Mode::Initial:
      return in_initial(token);
    case Mode::BeforeHtml:
      return before_html(token);
    case Mode::BeforeHead:
      return before_head(token);
    case Mode::InHead:
      return in_head(token);
    case Mode::InHeadNoscript:
      return in_head_noscript(token);
    case Mode::AfterHead:
      return after_head(token);
    case Mode::InColumnGroup:
      return in_column_group(token);
    case Mode::AfterBody:
      return after_body(token);
    default:
      return after_after_body(token);
  }
}

// §13.2.4.1, "reset the insertion mode appropriately".
void TreeBuilder::reset_mode() {
  for (std::size_t i = open_.size(); i-- > 0;) {
    const bool is_first = i == 0;
    // The root of a fragment stands for its context, a body.
    const Tag tag = is_first && scope_ == ParseScope::BodyFragment ? Tag::Body : open_[i]->tag;
    switch (tag) {
      case Tag::Select:
        mode_ = mode_of_select(i);
        return;
      case Tag::Td:
      case Tag::Th:
        mode_ = Mode::InCell;
        return;
      case Tag::Tr:
        mode_ = Mode::InRow;
        return;
      case Tag::Tbody:
      case Tag::Thead:
      case Tag::Tfoot:
        mode_ = Mode::InTableBody;
        return;
      case Tag::Caption:
        mode_ = Mode::InCaption;
        return;
      case Tag::Colgroup:
        mode_ = Mode::InColumnGroup;
        return;
      case Tag::Table:
        mode_ = Mode::InTable;
        return;
      case Tag::Template:
        mode_ = template_modes_.back();
        return;
      case Tag::Head:
        mode_ = Mode::InHead;
        return;
      case Tag::Body:
        mode_ = Mode::InBody;
        return;
      case Tag::Frameset:
        mode_ = Mode::InFrameset;
        return;
      case Tag::Html:
        mode_ = head_ == nullptr ? Mode::BeforeHead : Mode::AfterHead;
        return;
      default:
        break;
    }
  }
  mode_ = Mode::InBody;
}

TreeBuilder::Mode TreeBuilder::mode_of_select(std::size_t index) const {
  while (index-- > 1) {
    if (open_[index]->tag == Tag::Template) break;
    if (open_[index]->tag == Tag::Table) return Mode::InSelectInTable;
  }
  return Mode::InSelect;
}

}  // namespace tidings::html
