// Names as queries compare them: by their words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::query {

// The words of a name, folded (text/fold.h): "O’Brien & Søns" is "o", "brien", "sons". At most
// `words_max`.
std::vector<std::string> name_words(std::string_view name, std::size_t words_max);

// The same, parted by one blank.
std::string name_text(std::string_view name, std::size_t words_max);

// Letters, digits, and the marks that belong to them.
bool is_of_word(char32_t c);

}  // namespace tidings::query
