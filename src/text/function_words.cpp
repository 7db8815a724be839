#include "text/function_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace tidings::text {
namespace {

// clang-format off
constexpr auto kEnglish = std::to_array<std::string_view>({
    "a", "about", "above", "after", "again", "against", "ain't", "all", "along", "although", "am",
    "among", "an", "and", "any", "are", "aren't", "around", "as", "at", "be", "because", "been",
    "before", "behind", "being", "below", "beneath", "beside", "between", "beyond", "both", "but",
    "by", "can", "can't", "cannot", "could", "couldn't", "did", "didn't", "do", "does", "doesn't",
    "doing", "don't", "done", "down", "during", "each", "either", "else", "every", "few", "for",
    "from", "further", "had", "hadn't", "has", "hasn't", "have", "haven't", "having", "he", "he'd",
    "he'll", "he's", "her", "here", "hers", "herself", "him", "himself", "his", "how", "i", "i'd",
    "i'll", "i'm", "i've", "if", "in", "into", "is", "isn't", "it", "it'd", "it'll", "it's", "its",
    "itself", "just", "let's", "may", "me", "might", "mine", "more", "most", "must", "my",
    "myself", "near", "neither", "no", "nor", "not", "now", "of", "off", "on", "once", "one's",
    "only", "onto", "or", "other", "others", "ought", "our", "ours", "ourselves", "out", "over",
    "own", "per", "s", "same", "shall", "she", "she'd", "she'll", "she's", "should", "shouldn't",
    "since", "so", "some", "such", "t", "than", "that", "that'd", "that's", "the", "their",
    "theirs", "them", "themselves", "then", "there", "there's", "these", "they", "they'd",
    "they'll", "they're", "they've", "this", "those", "though", "through", "throughout", "till",
    "to", "too", "toward", "towards", "under", "until", "unto", "up", "upon", "us", "very", "via",
    "was", "wasn't", "we", "we'd", "we'll", "we're", "we've", "were", "weren't", "what", "what's",
    "whatever", "when", "whenever", "where", "wherever", "whether", "which", "whichever", "while",
    "who", "who's", "whoever", "whom", "whose", "why", "will", "with", "within", "without",
    "won't", "would", "wouldn't", "yet", "you", "you'd", "you'll", "you're", "you've", "your",
    "yours", "yourself", "yourselves"});
// clang-format on
static_assert(std::ranges::is_sorted(kEnglish));

constexpr std::size_t kLongest = std::ranges::max(kEnglish, {}, &std::string_view::size).size();

// Where the words of each first letter begin, and behind the last.
constexpr std::array<std::size_t, 27> kBegins = [] {
  std::array<std::size_t, 27> begins = {};
  for (std::size_t letter = 0; letter < begins.size(); ++letter) {
    while (begins[letter] < kEnglish.size() &&
           kEnglish[begins[letter]][0] < 'a' + static_cast<int>(letter)) {
      ++begins[letter];
    }
  }
  return begins;
}();

}  // namespace

bool is_english_function_word(std::string_view lowered) {
  if (lowered.empty() || lowered.size() > kLongest || lowered[0] < 'a' || lowered[0] > 'z')
    return false;
  const auto letter = static_cast<std::size_t>(lowered[0] - 'a');
  const std::span words(kEnglish);
  return std::ranges::binary_search(
      words.subspan(kBegins[letter], kBegins[letter + 1] - kBegins[letter]), lowered);
}

}  // namespace tidings::text
