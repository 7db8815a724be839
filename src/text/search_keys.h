// When a word that somebody looks for is the word that stands in a text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::text {

// Languages whose words are compared in the same way have one number: those with a stemmer or with
// letters of their own have one each, 0 is all others. Numbers are kept in files: they never
// change, and are below kSearchLanguages.
using SearchLanguage = std::uint8_t;
inline constexpr SearchLanguage kSearchLanguages = 64;
SearchLanguage search_language(std::string_view language);  // BCP 47

// The spelling in which a word of a text or a query is kept and compared exactly: lower case, NFC,
// with one apostrophe, without what is not seen (soft hyphens, joiners), of the usual width and
// shape. Idempotent. Invalid UTF-8 becomes U+FFFD.
std::string search_form(std::string_view word);

// A form that is looked for means a form that stands in a text of the language exactly where their
// keys have one in common: both have the stem's and the form's own, each without its diacritics.
// What a reader of the language takes for a letter of its own (Swedish å, Spanish ñ) is told apart
// where it is looked for, and found without it: "malmo" finds "malmö", "här" does not find "har".
// Where the language spells such a letter otherwise, both are one: German "müller" finds "Mueller"
// and is found by it. Forms are search_form()'s. At most kSearchKeysMax, each once, the stem's
// first; none is empty. A microsecond or so in a text: an index asks once for each form.
// Safe to call from many threads.
inline constexpr std::size_t kSearchKeysMax = 4;
std::vector<std::string> keys_in_text(std::string_view form, SearchLanguage language);
std::vector<std::string> keys_looked_for(std::string_view form, SearchLanguage language);

// Do a form that begins with a Latin letter or a digit of ASCII and its keys begin alike? Not where
// stemmers change beginnings too.
bool keeps_beginnings(SearchLanguage language);

}  // namespace tidings::text
