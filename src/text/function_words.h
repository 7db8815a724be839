// Words that hold a sentence together: articles, pronouns, prepositions, auxiliaries.
#pragma once

#include <string_view>

namespace tidings::text {

// Fewer than stop words: "today", "important" and "said" are none. English; false for other
// languages, whose stop words (stop_words.h) are nearer to these than the English list is.
// `lowered` is lower case.
bool is_english_function_word(std::string_view lowered);

}  // namespace tidings::text
