// Tree construction, WHATWG HTML §13.2.6: from tags and texts to the tree that they mean.
//
// One class, because every rule may reach for all of the state; its rules are in several files:
// tree_builder.cpp (dispatch), insertion.cpp (where nodes go), rules_head.cpp, rules_body.cpp,
// rules_body_end.cpp, rules_table.cpp, rules_select.cpp, rules_frameset.cpp, rules_foreign.cpp and
// adoption_agency.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "html/formatting_elements.h"
#include "html/open_elements.h"
#include "html/token.h"
#include "html/tokenizer.h"

namespace tidings::html {

enum class ParseScope : std::uint8_t { Page, BodyFragment };

class TreeBuilder {
 public:
  TreeBuilder(std::string_view input, const ParseLimits& limits, ParseScope scope, Arena& arena);

  // The document node, or the fragment's root whose children are the fragment.
  const TreeNode& run();
  bool truncated() const { return truncated_; }

 private:
  enum class Mode : std::uint8_t {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InSelect,
    InSelectInTable,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset
  };
  // What is to become of the token.
  enum class Then : std::uint8_t {
    Done,
    Again  // by the rules of the mode that is set now
  };
  struct Place {
    TreeNode* parent;
    TreeNode* before;  // nullptr: at the end
  };

  // tree_builder.cpp
  void process(Token& token);
  bool follows_foreign_rules(const Token& token) const;
  Then apply(Mode mode, Token& token);
  Then apply_to_pieces(Mode mode, Token& token);
  void skip_first_line_feed(Token& token);
  bool is_end_of_dropped(const Token& token);
  void reset_mode();
  Mode mode_of_select(std::size_t index) const;

  // insertion.cpp
  TreeNode& make_node(NodeKind kind);
  TreeNode& make_element(const Token& token, Space space);
  TreeNode& clone_element(const TreeNode& element);
  Place place_for_node(TreeNode& target) const;
  Place place_for_node() const { return place_for_node(*open_.current()); }
  TreeNode* insert_element(const Token& token, Space space = Space::Html);
  TreeNode* insert_element(Tag tag);  // without attributes
  void insert_leaf(const Token& token);
  void insert_raw(const Token& token, ContentKind kind);
  void insert_foreign(Token& token, Space space);
  void insert_text(std::string_view text);
  void insert_text_without_nul(const Token& token);
  void insert_spaces_of(std::string_view text);
  void insert_comment(const Token& token);
  void append_comment(const Token& token, TreeNode& parent);
  void append_text(TreeNode& text, std::string_view more);
  void merge_attributes(const Token& token, TreeNode& element);
  bool is_full_for(Tag tag) const;
  void push_formatting(const Token& token);
  void reconstruct_formatting();
  void close_p();

  // rules_*.cpp
  Then in_initial(Token& token);
  Then before_html(Token& token);
  Then before_head(Token& token);
  Then in_head(Token& token);
  Then in_head_noscript(Token& token);
  Then after_head(Token& token);
  Then open_template(const Token& token);
  Then close_template();
  Then in_body(Token& token);
  Then in_body_characters(const Token& token);
  Then in_body_start(Token& token);
  Then in_body_start_of_document(Token& token);
  Then in_body_other_start(const Token& token);
  void start_list_item(const Token& token, const TagSet& ended_by);
  void start_a(const Token& token);
  void start_nobr(const Token& token);
  Then in_body_end(Token& token);
  Then end_body(Token& token);
  void end_block(Tag tag);
  void end_form();
  void end_heading();
  void end_any_other(const Token& token);
  Then in_body_eof(Token& token);
  Then in_text(Token& token);
  Then in_table(Token& token);
  Then in_table_start(Token& token);
  Then in_table_end(Token& token);
  Then in_table_otherwise(Token& token);
  Then in_table_text(Token& token);
  Then in_caption(Token& token);
  Then in_column_group(Token& token);
  Then in_table_body(Token& token);
  Then in_row(Token& token);
  Then in_cell(Token& token);
  void close_cell();
  Then leave(const TagSet& context, Mode next);
  Then in_select(Token& token);
  Then in_select_in_table(Token& token);
  Then in_template(Token& token);
  Then after_body(Token& token);
  Then after_after_body(Token& token);
  Then in_frameset(Token& token);
  Then after_frameset(Token& token);
  Then after_after_frameset(Token& token);
  Then in_foreign(Token& token);
  Then end_in_foreign(Token& token);

  // adoption_agency.cpp
  void run_adoption_agency(const Token& token);
  bool adopt_once(const Token& token);

  Arena& arena_;
  Tokenizer tokenizer_;
  const ParseLimits& limits_;
  ParseScope scope_;
  TreeNode& document_;
  OpenElements open_;
  FormattingElements formatting_;
  std::vector<Mode> template_modes_;
  std::vector<std::string_view> table_text_;  // pending
  Mode mode_ = Mode::Initial;
  Mode original_mode_ = Mode::Initial;
  TreeNode* head_ = nullptr;
  TreeNode* form_ = nullptr;
  bool is_quirky_ = false;
  bool frameset_is_ok_ = true;
  bool fosters_parents_ = false;
  bool skips_line_feed_ = false;
  bool has_ended_ = false;
  bool truncated_ = false;
  std::size_t nodes_ = 1;
  // Elements that were too deep to be inserted, and whose end tags mean nothing.
  std::array<std::uint32_t, kTagCount> dropped_{};
  std::size_t dropped_count_ = 0;
};

}  // namespace tidings::html
