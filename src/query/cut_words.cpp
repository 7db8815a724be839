#include "query/cut_words.h"

#include <algorithm>

#include "text/search_keys.h"
#include "text/segments.h"

namespace tidings::query {
namespace {

WordList words_of(std::string_view written, std::string_view language) {
  const text::Segments segments = text::segment(written, language);
  WordList words;
  words.reserve(segments.words().size());
  for (const text::Word& word : segments.words()) {
    std::string form = text::search_form(segments.lower(word));
    if (!form.empty()) words.push_back(std::move(form));
  }
  return words;
}

}  // namespace

std::vector<WordList> cut_words(std::string_view written, std::string_view language) {
  std::vector<WordList> ways = {words_of(written, language)};
  const auto add = [&](std::string_view other) {
    WordList words = words_of(written, other);
    if (std::ranges::find(ways, words) == ways.end()) ways.push_back(std::move(words));
  };
  const bool has_apostrophe = written.find_first_of("'") != std::string_view::npos ||
                              written.find("’") != std::string_view::npos;
  const bool has_colon = written.find(':') != std::string_view::npos;
  if (has_apostrophe || has_colon) add("und");
  if (has_apostrophe) add("fr");
  if (has_colon) add("sv");
  return ways;
}

bool is_one_word(std::string_view word) {
  const std::vector<WordList> ways = cut_words(word, "und");
  return ways.size() == 1 && ways.front() == WordList{std::string(word)};
}

}  // namespace tidings::query
