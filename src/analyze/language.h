// Which language a text is written in.
#pragma once

#include <cstddef>
#include <string_view>

#include "analyze/language_model.h"
#include "model/analysis.h"

namespace tidings::analyze {

// The language of a headline, a sentence or a word, out of those that the shipped model knows, as
// BCP 47 ("sr" is Serbian in either script). "und" with confidence 0 where the text has no letters
// of theirs (empty, digits, addresses, emoji), or where they do not decide. The confidence is the
// probability that the answer is right, as measured on text of the same length. Reads at most
// kLanguageBytesMax bytes. Any bytes are fine. Safe to call from many threads.
inline constexpr std::size_t kLanguageBytesMax = 2048;
inline constexpr std::size_t kLanguageTitleBytesMax = 256;
LanguageGuess identify_language(std::string_view text);

// The language of an article: of its title and the beginning of its text together; a title in
// another language than the text does not decide. Bounded as above, whatever the size of the text.
LanguageGuess identify_language(std::string_view title, std::string_view text);

// What is read of a text: no half of a word, which would be a word of its own.
std::string_view language_beginning(std::string_view text);

// The likeliest language by a model of one's own, however unlikely it is: what confidence is fitted
// with. "und" only where there are no letters.
LanguageGuess likeliest_language(const LanguageModel& model, std::string_view text);

}  // namespace tidings::analyze
