// The content of elements that hold no markup: titles, styles, scripts; WHATWG HTML §13.2.5.2
// to 31.
#include <algorithm>

#include "core/strings.h"
#include "html/character_class.h"
#include "html/tokenizer.h"

namespace tidings::html {

bool Tokenizer::read_content(Token& token) {
  const ContentKind kind = content_;
  const std::size_t begin = at_;
  if (kind == ContentKind::PlainText) {
    at_ = input_.size();
  } else {
    content_ = ContentKind::Markup;
    at_ = kind == ContentKind::Script ? end_of_script() : end_of_raw_text(at_);
  }
  set_characters(token, begin, at_,
                 kind == ContentKind::EscapableText ? References::InText : References::None,
                 Nul::Replace);
  if (at_ > begin) return true;
  token = Token{};
  return false;
}

// Whether the '<' begins the end tag that the content waits for.
bool Tokenizer::is_end_tag_of_content(std::size_t less_than) const {
  const std::string_view rest = input_.substr(less_than + 1);
  const std::size_t size = content_element_.size();
  return rest.size() > size + 1 && rest[0] == '/' &&
         istarts_with(rest.substr(1), content_element_) && has_class(rest[size + 1], kEndsTagName);
}

std::size_t Tokenizer::end_of_raw_text(std::size_t from) const {
  std::size_t at = input_.find('<', from);
  while (at != std::string_view::npos && !is_end_tag_of_content(at)) at = input_.find('<', at + 1);
  return std::min(at, input_.size());
}

// Whether "script" and the end of a tag's name stand there.
bool Tokenizer::is_script_tag(std::size_t name) const {
  const std::string_view rest = input_.substr(std::min(name, input_.size()));
  return rest.size() > 6 && istarts_with(rest, "script") && has_class(rest[6], kEndsTagName);
}

// Scripts were once hidden in comments, and wrote scripts: "<!--" makes "<script>" nest until
// "-->" (§13.2.5.15 to 31).
std::size_t Tokenizer::end_of_script() const {
  enum class Escape { None, Comment, NestedScript };
  Escape escape = Escape::None;
  std::size_t at = at_;
  while (true) {
    at = escape == Escape::None ? input_.find('<', at) : input_.find_first_of("<-", at);
    if (at == std::string_view::npos) return input_.size();
    const std::string_view rest = input_.substr(at);
    std::size_t step = 1;
    if (rest[0] == '-') {
      if (rest.starts_with("-->")) escape = Escape::None;
    } else if (escape != Escape::NestedScript && is_end_tag_of_content(at)) {
      return at;
    } else if (escape == Escape::None && rest.starts_with("<!--")) {
      escape = Escape::Comment;
      step = 2;  // its dashes may be those of "-->"
    } else if (escape == Escape::Comment && is_script_tag(at + 1)) {
      escape = Escape::NestedScript;
    } else if (escape == Escape::NestedScript && rest.starts_with("</") && is_script_tag(at + 2)) {
      escape = Escape::Comment;
    }
    at += step;
  }
}

}  // namespace tidings::html
