#include "query/lexer.h"

#include <algorithm>
#include <charconv>
#include <string>

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "query/syntax_error.h"

namespace tidings::query {
namespace {

constexpr std::string_view kNear = "NEAR";

// Full-width signs are the ASCII ones.
char32_t plain(char32_t c) {
  constexpr char32_t kFullWidthFirst = 0xFF01, kFullWidthLast = 0xFF5E, kOffset = 0xFEE0;
  return c >= kFullWidthFirst && c <= kFullWidthLast ? c - kOffset : c;
}

char32_t character_at(std::string_view text, std::size_t at) {
  return at < text.size() ? plain(next_code_point(text, at)) : U'\0';
}

bool is_blank(char32_t c) {
  return c == U' ' || (c < 0x20 && c != 0) || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 ||
         c == U'\u200B' || c == U'\uFEFF';
}

bool is_comma(char32_t c) {
  return c == U',' || c == U';' || c == U'、' || c == U'。' || c == U'،' || c == U'؛';
}

bool is_dash(char32_t c) {
  return c == U'-' || (c >= U'\u2010' && c <= U'\u2015') || c == U'−' || c == U'﹣';
}

// What closes the quotation that `mark` opens; zero where it opens none. Latin's marks close each
// other, because languages differ in which of them opens.
std::u32string_view closers_of(char32_t mark) {
  constexpr std::u32string_view kLatin = U"\"“”„‟«»";
  if (kLatin.find(mark) != kLatin.npos) return kLatin;
  if (mark == U'「') return U"」";
  if (mark == U'『') return U"』";
  return {};
}

bool ends_bare(char32_t c) {
  return c == U'(' || c == U')' || is_blank(c) || !closers_of(c).empty();
}

bool is_field_name(std::string_view text) {
  return !text.empty() && is_alpha(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_alpha(c) || c == '_'; });
}

bool is_between_digits(std::string_view text, std::size_t at, std::size_t next) {
  return at > 0 && is_digit(text[at - 1]) && next < text.size() && is_digit(text[next]);
}

}  // namespace

void Lexer::skip_blanks(Reading reading) {
  while (at_ < written_.size()) {
    std::size_t next = at_;
    const char32_t c = plain(next_code_point(written_, next));
    if (!is_blank(c) && (reading == Reading::Value || !is_comma(c))) return;
    at_ = next;
  }
}

// A sign before a word; alone, or with another after it, it says nothing.
bool Lexer::skip_sign(char32_t sign, Token& token) {
  next_code_point(written_, at_);
  const char32_t after = character_at(written_, at_);
  const bool is_alone = after == 0 || after == U')' || is_blank(after) || is_dash(after);
  if (!is_dash(sign) || is_alone) return false;
  token.kind = TokenKind::Not;
  return true;
}

Result<Token> Lexer::next(Reading reading) {
  while (true) {
    skip_blanks(reading);
    Token token{.begin = at_};
    if (at_ >= written_.size()) return token;
    const char32_t c = character_at(written_, at_);
    if (c == U'(' || c == U')') {
      next_code_point(written_, at_);
      token.kind = c == U'(' ? TokenKind::Open : TokenKind::Close;
      return token;
    }
    if (!closers_of(c).empty()) return quoted(token, c);
    if (reading == Reading::Words && (is_dash(c) || c == U'+')) {
      if (skip_sign(c, token)) return token;
      continue;
    }
    std::size_t after = at_;
    next_code_point(written_, after);
    if (c == U'=' && !closers_of(character_at(written_, after)).empty()) {
      token.is_exact = true;
      at_ = after;
      return quoted(token, character_at(written_, at_));
    }
    return bare(token, reading);
  }
}

Result<Token> Lexer::quoted(Token token, char32_t mark) {
  token.kind = TokenKind::Quoted;
  next_code_point(written_, at_);
  const std::u32string_view closers = closers_of(mark);
  const std::size_t begin = at_;
  while (at_ < written_.size()) {
    const std::size_t end = at_;
    if (closers.find(plain(next_code_point(written_, at_))) == closers.npos) continue;
    token.text = written_.substr(begin, end - begin);
    const char32_t after = character_at(written_, at_);
    if (after == U'~' || after == U'*')
      return syntax_error(written_, at_,
                          after == U'~' ? "for words near each other write: one NEAR/5 other"
                                        : "the star goes inside: \"climate chang*\"");
    return token;
  }
  return syntax_error(written_, token.begin, "this quotation mark is never closed");
}

Result<Token> Lexer::bare(Token token, Reading reading) {
  token.kind = TokenKind::Bare;
  while (at_ < written_.size()) {
    std::size_t next = at_;
    const char32_t c = plain(next_code_point(written_, next));
    if (ends_bare(c)) break;
    if (reading == Reading::Words) {
      if (is_comma(c) && !is_between_digits(written_, at_, next)) break;
      const std::string_view name = written_.substr(token.begin, at_ - token.begin);
      if (c == U':' && is_field_name(name)) {
        at_ = next;
        token.kind = TokenKind::Field;
        token.text = name;
        return token;
      }
    }
    at_ = next;
  }
  token.text = written_.substr(token.begin, at_ - token.begin);
  return reading == Reading::Words ? word(token) : Result<Token>(token);
}

// Operators are words in capitals.
Result<Token> Lexer::word(Token token) {
  if (token.text == "AND" || token.text == "&&") token.kind = TokenKind::And;
  if (token.text == "OR" || token.text == "||" || token.text == "|") token.kind = TokenKind::Or;
  if (token.text == "NOT") token.kind = TokenKind::Not;
  if (!token.text.starts_with(kNear)) return token;
  constexpr std::uint32_t kDistance = 10;
  std::string_view rest = token.text.substr(kNear.size());
  token.distance = kDistance;
  if (rest.empty()) {
    token.kind = TokenKind::Near;
  } else if (rest.front() == '/') {
    rest.remove_prefix(1);
    const auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), token.distance);
    if (error != std::errc() || end != rest.data() + rest.size())
      return syntax_error(written_, token.begin, "NEAR/ is followed by a number, as in NEAR/5");
    token.kind = TokenKind::Near;
  }
  return token;
}

}  // namespace tidings::query
