// One pass over a text: words, their stems, sentences. Every analyzer, and the search index, works
// on this, so that a text is cut up once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/word_index.h"

namespace tidings::text {

// How a word is written.
enum class Letters : std::uint8_t {
  Lower,        // "news"
  Capitalized,  // "News"
  Upper,        // "NEWS", two letters or more
  Mixed,        // "iPhone", "McDonald"
  Uncased,      // scripts without case
  Number,       // begins with a digit: "2026", "3rd"
};

struct Word {
  std::uint32_t begin = 0;  // bytes of the text
  std::uint32_t end = 0;
  std::uint32_t form = 0;  // which of the document's forms: equal words have equal forms
  std::uint32_t sentence = 0;
  Letters letters = Letters::Lower;
};

// A word of the document, lower-cased, once.
struct Form {
  std::string_view lower;
  std::uint32_t stem = 0;   // which of the document's stems: forms of one stem share it
  std::uint32_t count = 0;  // words that have it
};

struct Sentence {
  std::uint32_t begin = 0;  // bytes of the text, without white space around it
  std::uint32_t end = 0;
  std::uint32_t first_word = 0;
  std::uint32_t end_word = 0;
  bool opens_paragraph = false;
};

// The text itself is borrowed; everything else is owned. Movable, not copyable.
class Segments {
 public:
  Segments() = default;
  Segments(Segments&&) = default;
  Segments& operator=(Segments&&) = default;
  Segments(const Segments&) = delete;
  Segments& operator=(const Segments&) = delete;
  ~Segments() = default;

  std::string_view text() const { return text_; }
  std::span<const Word> words() const { return words_; }
  std::span<const Form> forms() const { return forms_; }
  std::span<const Sentence> sentences() const { return sentences_; }
  std::size_t stem_count() const { return stems_.size(); }

  std::string_view written(const Word& word) const {
    return text_.substr(word.begin, word.end - word.begin);
  }
  std::string_view lower(const Word& word) const { return forms_[word.form].lower; }
  std::string_view stem(const Word& word) const { return stems_[forms_[word.form].stem]; }
  std::span<const Word> words_of(const Sentence& sentence) const {
    return words().subspan(sentence.first_word, sentence.end_word - sentence.first_word);
  }

 private:
  friend class Segmenter;
  friend class WordCutter;
  std::string_view text_;
  std::vector<Word> words_;
  std::vector<Form> forms_;
  std::vector<std::string_view> stems_;
  std::vector<Sentence> sentences_;
  TextArena arena_;  // forms and stems that are not in the text as they are
};

// Cuts `text` up by the rules of `language` (BCP 47; "und" and unknown ones have general rules and
// no stems: a stem is then the form itself). Bytes that are not UTF-8 part words and belong to
// none.
//
// Words follow Unicode's UAX #29: apostrophes and points between letters, and points, commas and
// colons between digits, do not part words; hyphens do, and so do French, Italian and Catalan
// elisions
// ("l'eau", two words). Han, kana, Thai, Lao, Khmer and Myanmar are cut by ICU's dictionaries up to
// 32 KB a text, after that by count (unspaced_words.h). Words of more than 64 bytes are their own
// stems.
//
// Sentences end at the marks of all scripts, not after abbreviations, initials or ordinals (lists
// for English, German, French, Spanish, Italian, Portuguese and Dutch), nor inside of quotations
// and parentheses of less than 480 bytes; at empty lines, at list items, and at a line's end unless
// the line looks wrapped. The title (its size is `title_end`) is one sentence. No sentence has more
// than kSentenceWordsMax words. What stands between two sentences of a line, an emoji say, belongs
// to the first.
//
// Linear time; safe to call from many threads.
inline constexpr std::size_t kSentenceWordsMax = 1000;
Segments segment(std::string_view text, std::string_view language, std::size_t title_end = 0);

// The same for who does not ask for stems: each form is its own.
Segments segment_unstemmed(std::string_view text, std::string_view language,
                           std::size_t title_end = 0);

}  // namespace tidings::text
