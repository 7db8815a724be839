// Words, forms and stems of a text: the half of `segment` that knows little of sentences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/segments.h"
#include "text/sentence_rules.h"
#include "text/stemmer.h"
#include "text/unspaced_words.h"
#include "text/word_index.h"

namespace tidings::text {

// Does a word begin with this character?
bool begins_word(char32_t c);

// For one thread, over one text.
class WordCutter {
 public:
  // Adds to `segments`, whose text is set.
  WordCutter(std::string_view language, Stemmer stemmer, Segments& segments,
             const SentenceRules& rules);

  // Adds the word that begins at `begin` and is over before `limit`, or the words of a run without
  // spaces. Returns where they end.
  std::size_t add(std::size_t begin, std::size_t limit, std::uint32_t sentence);

 private:
  std::size_t word_end(std::size_t begin, std::size_t limit) const;
  bool joins(std::size_t begin, std::size_t joiner, char32_t c, std::size_t next) const;
  bool is_elided(std::string_view prefix) const;
  std::size_t add_unspaced(std::size_t begin, std::size_t limit, std::uint32_t sentence);
  void add_word(std::size_t begin, std::size_t end, std::uint32_t sentence);
  std::uint32_t form_of(std::string_view lowered, bool is_in_text);
  std::uint32_t stem_of(std::string_view lowered, std::uint32_t form);

  Segments& segments_;
  std::string_view text_;
  const SentenceRules& rules_;
  Stemmer stemmer_;
  bool has_elisions_;
  bool has_letter_colons_;  // "EU:s"
  WordIndex forms_;
  WordIndex stems_;
  UnspacedWords unspaced_;
  std::string lowered_;
};

}  // namespace tidings::text
