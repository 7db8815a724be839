// How many typing errors lie between two words.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace tidings::text {

// The bytes of a word's first character.
std::string_view first_character(std::string_view word);

// From one word to many: insertions, deletions, replacements and swaps of neighbors, each character
// touched once (optimal string alignment).
class EditDistance {
 public:
  explicit EditDistance(std::string_view word);

  // What somebody may have meant who wrote the word: it begins with the same character, and is one
  // edit away at most, two where the word has eight characters or more, none where it has less than
  // four.
  bool is_typo(std::string_view other) const;

 private:
  std::vector<char32_t> word_;
  std::size_t edits_max_;
};

}  // namespace tidings::text
