// The words of short texts, to tell which says most of what all say.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tidings::stories {

// Hashes of the stems of a text's words but stop words, ascending, each once.
using WordSet = std::vector<std::uint64_t>;
WordSet word_set(std::string_view text, std::string_view language);

// In [0, 1]: how many words two sets share of all that they have (Jaccard).
double resemblance(const WordSet& first, const WordSet& second);

// How many of several texts have each word.
class SharedWords {
 public:
  void add(const WordSet& words);
  // In [0, 1]: the cosine of a text's words, each counting once, to the sum of all texts.
  double centrality(const WordSet& words) const;

 private:
  std::unordered_map<std::uint64_t, double> counts_;
  double squares_ = 0;
};

}  // namespace tidings::stories
