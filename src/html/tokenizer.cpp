#include "html/tokenizer.h"

#include <algorithm>
#include <cstring>

#include "core/strings.h"
#include "html/character_class.h"
#include "text/html_entities.h"

namespace tidings::html {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kNone = std::string_view::npos;

}  // namespace

void Tokenizer::next(Token& token, bool allows_cdata) {
  token = Token{};
  if (content_ != ContentKind::Markup && read_content(token)) return;
  while (!at_end()) {
    if (input_[at_] != '<' || !begins_markup(at_)) {
      read_text(token);
      return;
    }
    if (read_markup(token, allows_cdata)) return;
    token = Token{};
  }
}

// §13.2.5.6: any other '<' is text.
bool Tokenizer::begins_markup(std::size_t less_than) const {
  if (less_than + 1 >= input_.size()) return false;
  const char c = input_[less_than + 1];
  if (c == '/') return less_than + 2 < input_.size();
  return is_alpha(c) || c == '!' || c == '?';
}

void Tokenizer::read_text(Token& token) {
  const std::size_t begin = at_;
  do {  // what stands at `begin` is text, whatever it is
    at_ = std::min(input_.find('<', at_ + 1), input_.size());
  } while (!at_end() && !begins_markup(at_));
  set_characters(token, begin, at_, References::InText, Nul::Keep);
}

void Tokenizer::set_characters(Token& token, std::size_t begin, std::size_t end,
                               References references, Nul nul) {
  token.kind = TokenKind::Characters;
  token.text = decode(input_.substr(begin, end - begin), references, nul);
  token.has_nul =
      nul == Nul::Keep && std::memchr(token.text.data(), 0, token.text.size()) != nullptr;
}

// Line ends become line feeds (§13.2.3.5). Most texts need nothing, and stay where they are.
std::string_view Tokenizer::decode(std::string_view raw, References references, Nul nul) {
  scratch_.clear();
  std::size_t done = 0;
  std::size_t at = find_class(raw, kNeedsDecoding);
  const auto take_until_here = [this, raw, &done, &at] { scratch_.append(raw, done, at - done); };
  while (at < raw.size()) {
    if (raw[at] == '&') {
      std::size_t behind = at;
      if (references == References::None) {
        ++at;
      } else {
        reference_.clear();
        if (decode_reference(raw, behind, references)) {
          take_until_here();
          scratch_ += reference_;
          at = done = behind;
        } else {
          ++at;
        }
      }
    } else if (raw[at] == '\r') {
      take_until_here();
      scratch_ += '\n';
      at += at + 1 < raw.size() && raw[at + 1] == '\n' ? 2 : 1;
      done = at;
    } else if (nul == Nul::Replace) {
      take_until_here();
      scratch_ += kReplacement;
      done = ++at;
    } else {
      ++at;
    }
    at = find_class(raw, kNeedsDecoding, at);
  }
  if (done == 0) return raw;
  take_until_here();
  return arena_.copy(scratch_);
}

bool Tokenizer::decode_reference(std::string_view raw, std::size_t& position,
                                 References references) {
  return references == References::InAttribute
             ? text::decode_entity(raw, position, reference_)
             : text::decode_entity_in_text(raw, position, reference_);
}

std::string_view Tokenizer::lower(std::string_view name) {
  if (find_class(name, kNeedsLowering) == name.size()) return name;
  scratch_.clear();
  for (const char c : name) {
    if (c == '\0') {
      scratch_ += kReplacement;
    } else {
      scratch_ += to_lower(c);
    }
  }
  return arena_.copy(scratch_);
}

bool Tokenizer::read_markup(Token& token, bool allows_cdata) {
  const char c = input_[at_ + 1];
  if (c == '!') return read_declaration(token, allows_cdata);
  if (c == '?') {
    ++at_;
    read_bogus_comment(token);
    return true;
  }
  if (c != '/' || is_alpha(input_[at_ + 2])) return read_tag(token);
  at_ += 2;
  if (input_[at_] == '>') {  // "</>" is nothing
    ++at_;
    return false;
  }
  read_bogus_comment(token);
  return true;
}

// §13.2.5.42.
bool Tokenizer::read_declaration(Token& token, bool allows_cdata) {
  const std::string_view rest = input_.substr(at_ + 2);
  if (rest.starts_with("--")) {
    at_ += 4;
    read_comment(token);
  } else if (istarts_with(rest, "doctype")) {
    at_ += 9;
    read_doctype(token);
  } else if (allows_cdata && rest.starts_with("[CDATA[")) {
    at_ += 9;
    return read_cdata(token);
  } else {
    at_ += 2;
    read_bogus_comment(token);
  }
  return true;
}

bool Tokenizer::read_cdata(Token& token) {
  const std::size_t begin = at_;
  const std::size_t end = std::min(input_.find("]]>", at_), input_.size());
  at_ = std::min(end + 3, input_.size());
  set_characters(token, begin, end, References::None, Nul::Keep);
  return end > begin;
}

// §13.2.5.43 to 51. Behind "<!--".
void Tokenizer::read_comment(Token& token) {
  token.kind = TokenKind::Comment;
  const std::string_view rest = input_.substr(at_);
  for (const std::string_view abrupt_end : {">", "->"}) {
    if (rest.starts_with(abrupt_end)) {
      at_ += abrupt_end.size();
      return;
    }
  }
  std::size_t end = kNone;
  std::size_t end_size = 3;
  for (std::size_t dashes = rest.find("--"); dashes != kNone;
       dashes = rest.find("--", dashes + 1)) {
    const std::string_view behind = rest.substr(dashes + 2, 2);
    if (behind.starts_with('>') || behind == "!>") {
      end = dashes;
      end_size = behind.starts_with('>') ? 3 : 4;
      break;
    }
  }
  std::string_view content = rest.substr(0, end);
  if (end == kNone) {  // what may have been an end is no part of it
    for (const std::string_view begun : {"--!", "--", "-"}) {
      if (content.ends_with(begun)) {
        content.remove_suffix(begun.size());
        break;
      }
    }
    at_ = input_.size();
  } else {
    at_ += end + end_size;
  }
  token.text = decode(content, References::None, Nul::Replace);
}

void Tokenizer::read_bogus_comment(Token& token) {
  token.kind = TokenKind::Comment;
  const std::size_t end = std::min(input_.find('>', at_), input_.size());
  token.text = decode(input_.substr(at_, end - at_), References::None, Nul::Replace);
  at_ = std::min(end + 1, input_.size());
}

// False when the input ends before the tag does: such a tag is nothing (§13.2.5.32 and others).
bool Tokenizer::read_tag(Token& token) {
  const bool is_end_tag = input_[at_ + 1] == '/';
  token.kind = is_end_tag ? TokenKind::EndTag : TokenKind::StartTag;
  at_ += is_end_tag ? 2 : 1;
  const std::size_t begin = at_;
  at_ = find_class(input_, kEndsTagName, at_);
  const std::string_view name = lower(input_.substr(begin, at_ - begin));
  token.tag = tag_of(name);
  token.name = token.tag == Tag::Unknown ? name : tag_name(token.tag);
  attributes_.clear();
  if (!read_attributes(token)) {
    at_ = input_.size();
    return false;
  }
  if (!is_end_tag) token.attributes = attributes_;
  return true;
}

// §13.2.5.32 to 40.
bool Tokenizer::read_attributes(Token& token) {
  while (true) {
    skip_attribute_gap(token);
    if (at_end()) return false;
    if (input_[at_] == '>') {
      ++at_;
      return true;
    }
    token.is_self_closing = false;
    const std::size_t begin = at_;
    at_ = find_class(input_, kEndsAttributeName, at_ + 1);  // a first '=' is part of the name
    const std::string_view name = input_.substr(begin, at_ - begin);
    skip_spaces();
    std::string_view value;
    if (!at_end() && input_[at_] == '=') {
      ++at_;
      if (!read_attribute_value(value)) return false;
    }
    if (token.kind == TokenKind::StartTag) keep_attribute(lower(name), value);
  }
}

// Only a '/' directly before the '>' closes.
void Tokenizer::skip_attribute_gap(Token& token) {
  while (!at_end() && (input_[at_] == '/' || has_class(input_[at_], kSpaceChar))) {
    token.is_self_closing = input_[at_] == '/';
    ++at_;
  }
}

bool Tokenizer::read_attribute_value(std::string_view& value) {
  skip_spaces();
  if (at_end()) return false;
  const char quote = input_[at_];
  const bool is_quoted = quote == '"' || quote == '\'';
  const std::size_t begin = is_quoted ? at_ + 1 : at_;
  const std::size_t end =
      is_quoted ? input_.find(quote, begin) : find_class(input_, kEndsBareValue, begin);
  if (end == kNone) return false;
  value = decode(input_.substr(begin, end - begin), References::InAttribute, Nul::Replace);
  at_ = is_quoted ? end + 1 : end;
  return true;
}

void Tokenizer::keep_attribute(std::string_view name, std::string_view value) {
  const bool is_known =
      std::any_of(attributes_.begin(), attributes_.end(),
                  [name](const Attribute& attribute) { return attribute.name == name; });
  if (is_known) return;
  if (attributes_.size() == attributes_max_) {
    cut_attributes_ = true;
    return;
  }
  attributes_.push_back({name, value});
}

void Tokenizer::skip_spaces() {
  while (!at_end() && has_class(input_[at_], kSpaceChar)) ++at_;
}

}  // namespace tidings::html
