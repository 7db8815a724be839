// What the tokenizer finds one after the other, WHATWG HTML §13.2.5.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "html/document.h"

namespace tidings::html {

enum class TokenKind : std::uint8_t { Doctype, StartTag, EndTag, Comment, Characters, End };

struct Token {
  TokenKind kind = TokenKind::End;
  Tag tag = Tag::Unknown;
  bool is_self_closing = false;
  bool has_nul =
      false;  // characters only: U+0000, which means different things in different places
  std::string_view name;                  // of a tag or a document type, in lower case
  std::string_view text;                  // of characters and comments
  std::span<const Attribute> attributes;  // valid until the next token
  // Of a document type.
  bool has_public_id = false;
  bool has_system_id = false;
  bool forces_quirks = false;
  std::string_view public_id;
  std::string_view system_id;
};

}  // namespace tidings::html
