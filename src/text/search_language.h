// What search knows of each language: its number, and which letters are its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/search_keys.h"

namespace tidings::text {

struct OwnLetter {
  char32_t letter = 0;
  std::string spelling;  // how the language's readers also write it; else the letter
};

struct SearchLanguageRules {
  std::string_view tag;  // of the stemmer, too
  std::vector<OwnLetter> own;
  bool keeps_marks = false;       // every letter with a mark is its own
  bool is_spelled_first = false;  // before the stem is taken, as its readers would have typed it
  // What begins an ending that is written apart from a name ("EU:n", "Ankara'da").
  std::string_view ending_marks;
  std::size_t ending_bytes_max = 0;
  bool stems_change_beginnings = false;  // Indonesian "menulis": "tulis", Serbian "dj": "đ"

  const std::string* spelling_of(char32_t c) const;  // null where the letter is not its own
};

// Those of 0 where there are none.
const SearchLanguageRules& rules_of(SearchLanguage language);

}  // namespace tidings::text
