#include "analyze/language_letters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "core/utf8.h"

namespace tidings::analyze {
namespace {

constexpr std::size_t kTableSize = 0x10000;
constexpr std::size_t kMarkupBytesMax = 400;  // a "<" without ">" near it is no tag

Script script_of(UChar32 code_point) {
  UErrorCode failed = U_ZERO_ERROR;
  switch (uscript_getScript(code_point, &failed)) {
    case USCRIPT_LATIN:
      return Script::Latin;
    case USCRIPT_CYRILLIC:
      return Script::Cyrillic;
    case USCRIPT_ARABIC:
      return Script::Arabic;
    case USCRIPT_DEVANAGARI:
      return Script::Devanagari;
    case USCRIPT_GREEK:
      return Script::Greek;
    case USCRIPT_HEBREW:
      return Script::Hebrew;
    case USCRIPT_ARMENIAN:
      return Script::Armenian;
    case USCRIPT_GEORGIAN:
      return Script::Georgian;
    case USCRIPT_BENGALI:
      return Script::Bengali;
    case USCRIPT_GURMUKHI:
      return Script::Gurmukhi;
    case USCRIPT_GUJARATI:
      return Script::Gujarati;
    case USCRIPT_TAMIL:
      return Script::Tamil;
    case USCRIPT_TELUGU:
      return Script::Telugu;
    case USCRIPT_THAI:
      return Script::Thai;
    case USCRIPT_HANGUL:
      return Script::Hangul;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::Kana;
    case USCRIPT_HAN:
      return Script::Han;
    case USCRIPT_INHERITED:
      return Script::Inherited;
    default:
      return Script::None;
  }
}

Letter looked_up(UChar32 code_point) {
  if (code_point == 0x30FC) return {0x30FC, Script::Kana};  // the long vowel mark is of no script
  constexpr std::uint32_t kLetters = U_GC_L_MASK | U_GC_MN_MASK | U_GC_MC_MASK;
  if ((U_GET_GC_MASK(code_point) & kLetters) == 0) return {};
  return {static_cast<char16_t>(u_tolower(code_point)), script_of(code_point)};
}

const std::array<Letter, kTableSize>& table() {
  static const auto letters = [] {
    auto made = std::array<Letter, kTableSize>();
    for (std::size_t at = 0; at < kTableSize; ++at) made[at] = looked_up(static_cast<UChar32>(at));
    return made;
  }();
  return letters;
}

char32_t decoded(std::string_view text, std::size_t& position) {
  const auto byte = static_cast<unsigned char>(text[position]);
  if (byte >= 0x80) return next_code_point(text, position);
  ++position;
  return byte;
}

bool is_space(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct Token {
  std::size_t size = 0;  // up to the next blank
  bool address = false;  // "https://a.example/b", "www.a.example", "who@a.example"
};

Token token_at(std::string_view rest) {
  Token token{.size = 0, .address = rest.starts_with("www.")};
  for (; token.size < rest.size() && token.size < kMarkupBytesMax && !is_space(rest[token.size]);
       ++token.size) {
    const char byte = rest[token.size];
    if (byte == '@' || (byte == ':' && rest.substr(token.size).starts_with("://")))
      token.address = true;
  }
  return token;
}

bool is_apostrophe(char32_t code_point) {
  return code_point == '\'' || code_point == 0x2019;
}

// "<b>", "</p>", "<!-- … -->"; "<" before a blank or a digit is a sign of its own.
std::size_t tag_size(std::string_view rest) {
  if (rest.size() < 3 || rest[0] != '<') return 0;
  const char first = rest[1];
  const bool opens = first == '/' || first == '!' || (first >= 'a' && first <= 'z') ||
                     (first >= 'A' && first <= 'Z');
  if (!opens) return 0;
  const std::size_t end = rest.substr(0, kMarkupBytesMax).find('>');
  return end == std::string_view::npos ? 0 : end + 1;
}

// "&nbsp;", "&#8217;".
std::size_t reference_size(std::string_view rest) {
  constexpr std::size_t kReferenceMax = 12;
  if (rest.empty() || rest[0] != '&') return 0;
  const std::size_t end = rest.substr(0, kReferenceMax).find_first_of("; ");
  return end == std::string_view::npos || rest[end] != ';' ? 0 : end + 1;
}

}  // namespace

Letter letter(char32_t code_point) {
  if (code_point < kTableSize) return table()[code_point];
  const bool han = code_point >= 0x20000 && code_point < 0x32000;
  return han ? Letter{.lower = 0, .script = Script::Han} : Letter{};
}

bool LetterRuns::skip_markup() {
  const std::string_view rest = text_.substr(position_);
  std::size_t size = tag_size(rest);
  if (size == 0) size = reference_size(rest);
  if (size == 0 && position_ >= token_end_) {
    const Token token = token_at(rest);
    token_end_ = position_ + token.size;
    if (token.address) size = token.size;
  }
  position_ += size;
  return size > 0;
}

void LetterRuns::read(LetterRun& run) {
  while (position_ < text_.size()) {
    std::size_t after = position_;
    const char32_t code_point = decoded(text_, after);
    Letter found = letter(code_point);
    if (is_apostrophe(code_point) && after < text_.size()) {
      std::size_t beyond = after;
      if (letter(next_code_point(text_, beyond)).script == run.script) found = {u'\'', run.script};
    }
    if (found.script == Script::Inherited) found.script = run.script;
    if (found.script != run.script) return;
    if (run.size < kWordLettersMax) run.letters[run.size++] = found.lower;
    position_ = after;
  }
}

bool LetterRuns::next(LetterRun& run) {
  while (position_ < text_.size()) {
    if (is_space(text_[position_])) {
      ++position_;
      continue;
    }
    if (skip_markup()) continue;
    std::size_t after = position_;
    const char32_t code_point = decoded(text_, after);
    const Letter first = letter(code_point);
    if (first.script == Script::None || first.script == Script::Inherited) {
      position_ = after;
      continue;
    }
    run.size = 0;
    run.script = first.script;
    run.capitals = first.lower != code_point;
    read(run);
    return true;
  }
  return false;
}

}  // namespace tidings::analyze
