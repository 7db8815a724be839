#include "stories/title_words.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/hash.h"
#include "text/segments.h"
#include "text/stop_words.h"

namespace tidings::stories {

WordSet word_set(std::string_view text, std::string_view language) {
  const text::Segments segments = text::segment(text, language);
  const text::StopWords stop_words(language);
  WordSet words;
  for (const text::Word& word : segments.words()) {
    if (!stop_words.contains(segments.lower(word))) words.push_back(hash64(segments.stem(word)));
  }
  std::ranges::sort(words);
  const auto repeated = std::ranges::unique(words);
  words.erase(repeated.begin(), repeated.end());
  return words;
}

double resemblance(const WordSet& first, const WordSet& second) {
  WordSet both;
  std::ranges::set_intersection(first, second, std::back_inserter(both));
  const std::size_t all = first.size() + second.size() - both.size();
  return all == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

void SharedWords::add(const WordSet& words) {
  for (const std::uint64_t word : words) {
    double& count = counts_[word];
    squares_ += 2 * count + 1;
    ++count;
  }
}

double SharedWords::centrality(const WordSet& words) const {
  if (words.empty() || squares_ == 0) return 0;
  double sum = 0;
  for (const std::uint64_t word : words) {
    const auto count = counts_.find(word);
    if (count != counts_.end()) sum += count->second;
  }
  return sum / std::sqrt(squares_ * static_cast<double>(words.size()));
}

}  // namespace tidings::stories
