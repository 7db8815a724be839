#include "text/search_words.h"

#include <algorithm>
#include <string>

#include "text/segments.h"

namespace tidings::text {
namespace {

bool is_ascii(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The forms of `segments`, in the spelling of search: several may have one.
std::vector<std::uint32_t> kept_forms(const Segments& segments, SearchWords& words) {
  WordIndex index(segments.forms().size());
  std::vector<std::uint32_t> kept;
  kept.reserve(segments.forms().size());
  words.forms.reserve(segments.forms().size());
  for (const Form& form : segments.forms()) {
    const auto keep = [&](std::string_view spelling) {
      return words.forms.emplace_back(words.arena.keep(spelling));
    };
    const auto place = is_ascii(form.lower) ? index.find_or_add(form.lower, keep)
                                            : index.find_or_add(search_form(form.lower), keep);
    kept.push_back(place.number);
  }
  return kept;
}

}  // namespace

SearchWords search_words(std::string_view title, std::string_view text, std::string_view language) {
  std::string document;
  document.reserve(title.size() + 2 + text.size());
  document.append(title).append("\n\n").append(text);
  const Segments segments = segment_unstemmed(document, language, title.size());
  SearchWords words{.language = search_language(language)};
  const std::vector<std::uint32_t> forms = kept_forms(segments, words);
  words.form_at.reserve(std::min<std::size_t>(segments.words().size(), kSearchWordsMax));
  for (const Word& word : segments.words()) {
    const bool is_of_title = word.begin < title.size();
    if (is_of_title && words.title_words == kTitleWordsMax) continue;
    if (words.form_at.size() == kSearchWordsMax) break;
    if (is_of_title) ++words.title_words;
    words.form_at.push_back(forms[word.form]);
  }
  words.words = static_cast<std::uint32_t>(words.form_at.size());
  return words;
}

}  // namespace tidings::text
