#include "bench/extraction/word_score.h"

#include <algorithm>
#include <iterator>

#include <unicode/uchar.h>

#include "core/utf8.h"

namespace tidings::bench {

std::vector<std::string> words_of(std::string_view utf8) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto c = static_cast<UChar32>(next_code_point(utf8, at));
    const auto category = u_charType(c);
    const bool is_word = u_isalpha(c) != 0 || c == '_' || category == U_DECIMAL_DIGIT_NUMBER ||
                         category == U_LETTER_NUMBER || category == U_OTHER_NUMBER;
    if (is_word) {
      append_utf8(word, static_cast<char32_t>(u_tolower(c)));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

Score score_words(std::vector<std::string> found, std::vector<std::string> expected) {
  if (found.empty() && expected.empty()) return {1, 1, 1};
  std::sort(found.begin(), found.end());
  std::sort(expected.begin(), expected.end());
  std::vector<std::string> common;
  std::set_intersection(found.begin(), found.end(), expected.begin(), expected.end(),
                        std::back_inserter(common));
  if (common.empty()) return {};
  const auto both = static_cast<double>(common.size());
  Score score{.precision = both / static_cast<double>(found.size()),
              .recall = both / static_cast<double>(expected.size())};
  score.f1 = 2 * score.precision * score.recall / (score.precision + score.recall);
  return score;
}

}  // namespace tidings::bench
