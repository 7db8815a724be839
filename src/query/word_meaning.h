// Which words of a text a word of a query means.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/query.h"
#include "text/search_keys.h"

namespace tidings::query {

// Of a Word, Prefix or Fuzzy, which is borrowed, in texts of one language. Safe to use from many
// threads.
class WordMeaning {
 public:
  WordMeaning(const Query& word, text::SearchLanguage language);

  // Can a form that begins with this byte be meant? Always true of bytes that are not ASCII.
  bool may_begin_with(char byte) const;

  // `form` as text::search_form() has it.
  bool means(std::string_view form) const;
  // The same with what was worked out before: text::fold() and text::keys_in_text() of the form.
  bool means(std::string_view form, std::string_view folded,
             std::span<const std::string> keys) const;

 private:
  const Query& word_;
  text::SearchLanguage language_;
  std::vector<std::string> wanted_;
};

}  // namespace tidings::query
