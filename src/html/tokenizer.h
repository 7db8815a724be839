// From characters to tags, texts and comments, WHATWG HTML §13.2.5.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "html/arena.h"
#include "html/token.h"

namespace tidings::html {

// What the content of an element is made of, for those that hold no markup.
enum class ContentKind : std::uint8_t { Markup, EscapableText, RawText, Script, PlainText };

// Reads each byte a bounded number of times. Strings are views into the input, or into the arena
// where something had to be decoded.
class Tokenizer {
 public:
  Tokenizer(std::string_view input, Arena& arena, std::size_t attributes_max)
      : input_(input), arena_(arena), attributes_max_(attributes_max) {}

  // `allows_cdata`: whether the innermost open element is one of SVG or MathML.
  void next(Token& token, bool allows_cdata);

  // To be called behind the start tag whose content is so read.
  void set_content(ContentKind kind, std::string_view element) {
    content_ = kind;
    content_element_ = element;
  }

  bool cut_attributes() const { return cut_attributes_; }
  bool owns(const char* position) const {  // whether it points into the input
    return position >= input_.data() && position < input_.data() + input_.size();
  }

 private:
  enum class References : std::uint8_t { None, InText, InAttribute };
  enum class Nul : std::uint8_t { Keep, Replace };

  bool at_end() const { return at_ >= input_.size(); }
  bool begins_markup(std::size_t less_than) const;
  std::string_view decode(std::string_view raw, References references, Nul nul);
  bool decode_reference(std::string_view raw, std::size_t& position, References references);
  std::string_view lower(std::string_view name);
  void set_characters(Token& token, std::size_t begin, std::size_t end, References references,
                      Nul nul);

  void read_text(Token& token);
  bool read_markup(Token& token, bool allows_cdata);  // false: it stands for nothing
  bool read_declaration(Token& token, bool allows_cdata);
  bool read_cdata(Token& token);
  void read_comment(Token& token);
  void read_bogus_comment(Token& token);
  bool read_tag(Token& token);
  bool read_attributes(Token& token);  // false: the input ended in the tag
  void skip_attribute_gap(Token& token);
  bool read_attribute_value(std::string_view& value);
  void keep_attribute(std::string_view name, std::string_view value);

  void read_doctype(Token& token);
  bool read_doctype_keyword(Token& token);
  bool read_doctype_id(Token& token, std::string_view& id, bool& has_id);
  void skip_spaces();
  void skip_behind_greater_than();

  bool read_content(Token& token);  // false: it is empty
  std::size_t end_of_raw_text(std::size_t from) const;
  std::size_t end_of_script() const;
  bool is_end_tag_of_content(std::size_t less_than) const;
  bool is_script_tag(std::size_t name) const;

  std::string_view input_;
  std::size_t at_ = 0;
  Arena& arena_;
  std::size_t attributes_max_;
  bool cut_attributes_ = false;
  ContentKind content_ = ContentKind::Markup;
  std::string_view content_element_;
  std::vector<Attribute> attributes_;
  std::string scratch_;    // what is being decoded
  std::string reference_;  // one character reference of it
};

}  // namespace tidings::html
