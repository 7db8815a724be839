// How near an extracted text is to the reference: the F1 of their multisets of lower-cased words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidings::bench {

// Maximal runs of letters, digits and '_' (what most languages' \w means), in lower case.
std::vector<std::string> words_of(std::string_view utf8);

struct Score {
  double precision = 0, recall = 0, f1 = 0;
};

// Two empty texts are equal.
Score score_words(std::vector<std::string> found, std::vector<std::string> expected);

}  // namespace tidings::bench
