// What somebody wrote, cut into the words that texts are cut into.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidings::query {

// The words, in the spelling of search (text/search_keys.h). None where nothing is a word.
using WordList = std::vector<std::string>;

// Languages part words differently where an apostrophe or a colon stands: "l'eau" is two words of
// French and one of English, "EU:n" one of Finnish and two of others. So each way that any language
// has: one or more lists, each once, that of `language` first.
std::vector<WordList> cut_words(std::string_view written, std::string_view language);

// Whether a text can have the form as one word: letters, digits, and what may stand between them.
bool can_be_word(std::string_view form);

// Whether every language has it as this one word.
bool is_one_word(std::string_view word);

}  // namespace tidings::query
