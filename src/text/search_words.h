// An article's words as search counts them: which forms stand where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/search_keys.h"
#include "text/word_index.h"

namespace tidings::text {

// The title's words have the positions from 0 on; the text's begin kTitleGap after the last of
// them (at 0 where there is no title), so that nothing near the one is near the other.
inline constexpr std::uint32_t kTitleGap = 64;
inline constexpr std::uint32_t kTitleWordsMax = 250;
inline constexpr std::uint32_t kSearchWordsMax = 50'000;  // of both together; the rest is not there

struct SearchWords {
  SearchLanguage language = 0;
  std::uint32_t title_words = 0;
  std::uint32_t words = 0;              // of both
  std::vector<std::string_view> forms;  // each once, in the order they come (search_form())
  std::vector<std::uint32_t> form_at;   // by word
  std::uint32_t position(std::uint32_t word) const {
    return word < title_words || title_words == 0 ? word : word + kTitleGap;
  }
  TextArena arena;  // what `forms` points into
};

SearchWords search_words(std::string_view title, std::string_view text, std::string_view language);

}  // namespace tidings::text
