// The words and phrases that say what an article is about.
#pragma once

#include <cstddef>
#include <vector>

#include "analyze/document.h"

namespace tidings::analyze {

inline constexpr std::size_t kKeyphrasesMax = 10;

// Best first, at most `count_max`: single words and phrases of two or three that the document
// repeats, none of them a stop word or a number, each as it is written where it first stands within
// a sentence. A word that occurs only in a phrase above it is left out. None for a language without
// stop words (text/stop_words.h), where every "the" would be a keyphrase. Looks at the first 20,000
// words. Explained, each has the factors of its score as evidence. Linear time; safe to call from
// many threads.
std::vector<Keyphrase> keyphrases(const Document& document, std::size_t count_max = kKeyphrasesMax,
                                  Explain explain = Explain::No);

}  // namespace tidings::analyze
