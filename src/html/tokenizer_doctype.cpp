// Document types, WHATWG HTML §13.2.5.53 to 68.
#include <algorithm>

#include "core/strings.h"
#include "html/character_class.h"
#include "html/tokenizer.h"

namespace tidings::html {

// Behind "<!doctype".
void Tokenizer::read_doctype(Token& token) {
  token.kind = TokenKind::Doctype;
  skip_spaces();
  const std::size_t begin = at_;
  at_ = find_class(input_, kEndsBareValue, at_);
  token.name = lower(input_.substr(begin, at_ - begin));
  token.forces_quirks = token.name.empty();
  skip_spaces();
  if (at_end()) token.forces_quirks = true;
  if (!at_end() && input_[at_] != '>' && !read_doctype_keyword(token)) token.forces_quirks = true;
  skip_behind_greater_than();
}

// False when what stands there makes the whole page quirky.
bool Tokenizer::read_doctype_keyword(Token& token) {
  const std::string_view rest = input_.substr(at_);
  const bool is_public = istarts_with(rest, "public");
  if (!is_public && !istarts_with(rest, "system")) return false;
  at_ += 6;
  if (is_public) {
    if (!read_doctype_id(token, token.public_id, token.has_public_id)) return false;
    skip_spaces();
    if (at_end()) return false;
    if (input_[at_] == '>') return true;
  }
  if (!read_doctype_id(token, token.system_id, token.has_system_id)) return false;
  skip_spaces();
  return !at_end();  // more behind it is ignored
}

bool Tokenizer::read_doctype_id(Token& token, std::string_view& id, bool& has_id) {
  skip_spaces();
  if (at_end() || (input_[at_] != '"' && input_[at_] != '\'')) return false;
  const char quote = input_[at_++];
  const std::size_t begin = at_;
  while (!at_end() && input_[at_] != quote && input_[at_] != '>') ++at_;
  id = decode(input_.substr(begin, at_ - begin), References::None, Nul::Replace);
  has_id = true;
  if (at_end() || input_[at_] == '>') {
    token.forces_quirks = true;
    return false;
  }
  ++at_;
  return true;
}

void Tokenizer::skip_behind_greater_than() {
  const std::size_t end = input_.find('>', at_);
  at_ = end == std::string_view::npos ? input_.size() : end + 1;
}

}  // namespace tidings::html
