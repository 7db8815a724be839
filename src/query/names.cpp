#include "query/names.h"

#include <unicode/uchar.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/fold.h"
#include "text/search_keys.h"
#include "text/word_cutter.h"

namespace tidings::query {
bool is_of_word(char32_t c) {
  return text::begins_word(c) ||
         (c >= 0x80 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0);
}

std::vector<std::string> name_words(std::string_view name, std::size_t words_max) {
  const std::string folded = text::fold(text::search_form(name));
  std::vector<std::string> words;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    if (end > begin && words.size() < words_max) words.push_back(folded.substr(begin, end - begin));
  };
  for (std::size_t at = 0; at < folded.size() && words.size() < words_max;) {
    const std::size_t here = at;
    if (is_of_word(next_code_point(folded, at))) continue;
    end_word(here);
    begin = at;
  }
  end_word(folded.size());
  return words;
}

std::string name_text(std::string_view name, std::size_t words_max) {
  return join(name_words(name, words_max), " ");
}

}  // namespace tidings::query
