// Words without what readers leave out when they type: diacritics, ligatures, points, widths.
#pragma once

#include <string>
#include <string_view>

namespace tidings::text {

// `lowered` is lower case, NFC and valid UTF-8. ASCII alone costs a copy. Marks go from Latin,
// Greek and Cyrillic letters (ё is е, while й, ї, ў, ѓ and ќ stay themselves), harakat and tatweel
// from Arabic, points from Hebrew, the nukta from Devanagari; æ is ae, œ oe, ß ss, þ th, ø o, đ d,
// ł l, ı i; ς is σ; the forms of alef are one, and so are ة and ه, ى and ي, Arabic's and Persian's
// ya and kaf; digits of all scripts are ASCII's. Marks of scripts whose marks are vowels or tones
// stay. Not empty unless `lowered` is: what would be, is kept.
// Idempotent: fold(fold(x)) == fold(x).
std::string fold(std::string_view lowered);

// Whether fold() leaves it as it is.
bool is_folded(std::string_view lowered);

// One character's, empty where nothing stays of it.
void append_folded(std::string& out, char32_t c);

}  // namespace tidings::text
