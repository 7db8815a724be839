#include "query/word_meaning.h"

#include <algorithm>

#include "query/edits.h"
#include "text/fold.h"

namespace tidings::query {

WordMeaning::WordMeaning(const Query& word, text::SearchLanguage language)
    : word_(word), language_(language) {
  if (word.kind == QueryKind::Word && !word.exact)
    wanted_ = text::keys_looked_for(word.text, language);
}

bool WordMeaning::may_begin_with(char byte) const {
  if (static_cast<unsigned char>(byte) >= 0x80 || word_.kind == QueryKind::Fuzzy) return true;
  if (word_.kind == QueryKind::Prefix || word_.exact) return word_.text.starts_with(byte);
  return !text::keeps_beginnings(language_) ||
         std::ranges::any_of(wanted_,
                             [&](const std::string& key) { return key.starts_with(byte); });
}

bool WordMeaning::means(std::string_view form) const {
  if (word_.kind == QueryKind::Word && word_.exact) return form == word_.text;
  return means(form, text::fold(form), text::keys_in_text(form, language_));
}

bool WordMeaning::means(std::string_view form, std::string_view folded,
                        std::span<const std::string> keys) const {
  if (word_.kind == QueryKind::Prefix) return folded.starts_with(word_.text);
  if (word_.kind == QueryKind::Fuzzy) return is_typo(word_.text, folded);
  if (word_.exact) return form == word_.text;
  return std::ranges::find_first_of(wanted_, keys) != wanted_.end();
}

}  // namespace tidings::query
