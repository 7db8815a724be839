// A query's tokens: operators, parentheses, fields, quotations, and what is left as it is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/result.h"

namespace tidings::query {

enum class TokenKind : std::uint8_t {
  End,
  Open,
  Close,
  And,
  Or,
  Not,
  Near,
  Field,   // `text` is its name, whether there is such a field or not
  Bare,    // word, =word, word*, word~, {word}; or a field's value
  Quoted,  // `text` is what stands between the marks
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::size_t begin = 0;  // bytes of the query
  std::string_view text;
  bool is_exact = false;       // Quoted: ="…"
  std::uint32_t distance = 0;  // Near
};

// How a bare token is read: the words of a query are parted by commas and may name fields; the
// value of a field, which an address may be, is all up to the next blank.
enum class Reading : std::uint8_t { Words, Value };

// Reads what people paste as what they would have typed: curly, low and angular quotation marks and
// those of Chinese and Japanese, full-width signs, dashes before a word. For one thread.
class Lexer {
 public:
  explicit Lexer(std::string_view written) : written_(written) {}

  // InvalidInput (syntax_error.h) for a quotation that does not end and a NEAR/ without a number.
  Result<Token> next(Reading reading);

 private:
  void skip_blanks(Reading reading);
  bool skip_sign(char32_t sign, Token& token);
  Result<Token> quoted(Token token, char32_t mark);
  Result<Token> bare(Token token, Reading reading);
  Result<Token> word(Token token);

  std::string_view written_;
  std::size_t at_ = 0;
};

}  // namespace tidings::query
