// Where sentences end: the questions that the segmenter asks at a mark, a line's end, a list's
// item.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "text/abbreviations.h"

namespace tidings::text {

// The first thing after a gap, opening quotes and brackets passed over.
enum class Next : std::uint8_t { End, Lower, Upper, Digit, Uncased, Other };

struct Following {
  Next kind = Next::End;
  std::size_t begin = 0;        // of it
  std::size_t line_breaks = 0;  // in the gap
  bool has_gap = false;         // white space before it
  std::string_view word;        // as written, where it begins with a letter or digit
};

// A run of sentence marks ("?!", ". . ."), with the closing quotes, brackets and footnote numbers
// after it.
struct Marks {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t points = 0;
  bool is_strong = false;     // has an exclamation or question mark, or the like
  bool is_uncased = false;    // of a script that needs no space after it
  bool is_bracketed = false;  // "[...]"
  bool has_closer = false;
};

// The word before a mark, and where its sentence stands.
struct Preceding {
  std::string_view lowered;  // empty where no word touches the mark
  std::string_view written;
  std::size_t words_before = 0;    // of the sentence, before this word
  bool sentence_is_lower = false;  // the sentence has no capital letter so far
};

// All questions look at a bounded stretch of text. For one thread.
class SentenceRules {
 public:
  SentenceRules(std::string_view text, std::string_view language);

  // The marks at `at`, where one stands.
  Marks marks(std::size_t at) const;
  Following following(std::size_t end) const;
  // Does a sentence end with these marks?
  bool ends(const Marks& marks, const Preceding& before) const;
  // Do a word, a mark and what begins at `after` lack a space: "world.Today"?
  bool lacks_space(std::string_view written_before, std::size_t after) const;

 private:
  bool ends_after_word(const Preceding& before, const Following& next) const;
  bool ends_after_initials(const Preceding& before, const Following& next) const;
  bool ends_after_number(const Preceding& before, const Following& next) const;
  bool opens_sentence(const Following& next) const;
  bool is_initial(std::string_view word) const;
  std::size_t footnote_end(std::size_t at) const;

  std::string_view text_;
  SentenceWords words_;
  bool has_ordinal_points_;  // "3. Oktober"
  bool is_greek_;
  bool is_chinese_;
};

}  // namespace tidings::text
