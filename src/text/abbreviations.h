// Which words keep their point inside a sentence, and which words open one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::text {

enum class Abbreviation : std::uint8_t {
  None,
  BeforeNames,    // "Mr.", "e.g.": something always follows
  BeforeNumbers,  // "p.", "No.": followed by a number, else an ordinary word
  Anywhere,       // "Inc.", "etc.": ends a sentence only when the next word opens one
};

// Written for English, German, French, Spanish, Italian, Portuguese and Dutch; English stands in
// for others. Words are lower case and without their last point ("p.m").
class SentenceWords {
 public:
  explicit SentenceWords(std::string_view language);  // BCP 47

  Abbreviation abbreviation(std::string_view lowered) const;
  // Function words that, capitalized after a point, are no part of a name: "The", "They", "In".
  bool opens_sentence(std::string_view lowered) const;

 private:
  std::size_t number_;
};

}  // namespace tidings::text
