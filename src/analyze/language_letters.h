// What a code point is to the identification of languages: its script and its lower case, from a
// table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tidings::analyze {

enum class Script : std::uint8_t {
  None,       // digits, punctuation, emoji, scripts of no language that we know: parts words
  Inherited,  // combining marks: of the script of the letter before
  Latin,
  Cyrillic,
  Arabic,
  Devanagari,
  Greek,
  Hebrew,
  Armenian,
  Georgian,
  Bengali,
  Gurmukhi,
  Gujarati,
  Tamil,
  Telugu,
  Thai,
  Hangul,
  Kana,
  Han,
};
inline constexpr std::size_t kScripts = 19;

struct Letter {
  char16_t lower = 0;  // 0 beyond the basic plane
  Script script = Script::None;
};

// Unicode's simple lower case and script of a code point. Safe to call from many threads.
Letter letter(char32_t code_point);

// A run of letters of one script, lower-cased; what is beyond the limit is left out.
inline constexpr std::size_t kWordLettersMax = 32;
struct LetterRun {
  std::array<char16_t, kWordLettersMax> letters{};
  std::size_t size = 0;
  Script script = Script::None;
  bool capitals = false;  // begins with a capital letter
};

// Cuts a text into runs, one after the other. Bytes that are not UTF-8 part runs, as does whatever
// is no letter, but an apostrophe between letters. Addresses (with "://", "www." or "@" inside),
// HTML tags and character references are passed over: their letters tell nothing about the
// language.
class LetterRuns {
 public:
  explicit LetterRuns(std::string_view text) : text_(text) {}

  // False at the end of the text.
  bool next(LetterRun& run);

  // How many bytes were read.
  std::size_t position() const { return position_; }

 private:
  bool skip_markup();
  void read(LetterRun& run);

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t token_end_ = 0;  // where the token that was looked at for an address ends
};

}  // namespace tidings::analyze
