#include "query/cut_words.h"

#include <algorithm>

#include "core/strings.h"
#include "core/utf8.h"
#include "query/names.h"
#include "text/search_keys.h"
#include "text/segments.h"

namespace tidings::query {
namespace {

WordList words_of(std::string_view written, std::string_view language) {
  const text::Segments segments = text::segment_unstemmed(written, language);
  WordList words;
  words.reserve(segments.words().size());
  for (const text::Word& word : segments.words()) {
    std::string form = text::search_form(segments.lower(word));
    if (can_be_word(form)) words.push_back(std::move(form));
  }
  return words;
}

}  // namespace

bool can_be_word(std::string_view form) {
  constexpr std::string_view kJoiners = "'.,:_";
  for (std::size_t at = 0; at < form.size();) {
    const std::size_t here = at;
    const char32_t c = next_code_point(form, at);
    const bool is_joiner = c < 0x80 && kJoiners.find(static_cast<char>(c)) != kJoiners.npos;
    if (is_joiner && here > 0 && at < form.size()) {
      if (c == U',' && (!is_digit(form[here - 1]) || !is_digit(form[at]))) return false;
    } else if (!is_of_word(c)) {
      return false;
    }
  }
  return !form.empty();
}

std::vector<WordList> cut_words(std::string_view written, std::string_view language) {
  std::vector<WordList> ways = {words_of(written, language)};
  const auto add = [&](std::string_view other) {
    WordList words = words_of(written, other);
    if (std::ranges::find(ways, words) == ways.end()) ways.push_back(std::move(words));
  };
  const bool has_apostrophe =
      written.find('\'') != std::string_view::npos || written.find("’") != std::string_view::npos;
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
