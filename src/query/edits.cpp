#include "query/edits.h"

#include <algorithm>
#include <vector>

#include "core/utf8.h"

namespace tidings::query {
namespace {

std::vector<char32_t> characters(std::string_view word) {
  std::vector<char32_t> characters;
  characters.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) characters.push_back(next_code_point(word, at));
  return characters;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::size_t edits_between(std::string_view a, std::string_view b) {
  const std::vector<char32_t> from = characters(a);
  const std::vector<char32_t> to = characters(b);
  // edits[i][j]: from the first i characters of one to the first j of the other.
  std::vector<std::vector<std::size_t>> edits(from.size() + 1,
                                              std::vector<std::size_t>(to.size() + 1));
  for (std::size_t i = 0; i <= from.size(); ++i) {
    for (std::size_t j = 0; j <= to.size(); ++j) {
      std::size_t& least = edits[i][j];
      least = std::max(i, j);  // right at the edges, and a bound inside
      if (i == 0 || j == 0) continue;
      const std::size_t replaced = from[i - 1] == to[j - 1] ? 0 : 1;
      least = std::min({edits[i - 1][j] + 1, edits[i][j - 1] + 1, edits[i - 1][j - 1] + replaced});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
        least = std::min(least, edits[i - 2][j - 2] + 1);
    }
  }
  return edits[from.size()][to.size()];
}

std::string_view first_character(std::string_view word) {
  std::size_t end = 0;
  if (!word.empty()) next_code_point(word, end);
  return word.substr(0, end);
}

bool is_typo(std::string_view written, std::string_view meant) {
  constexpr std::size_t kCharactersMax = 64;  // longer words are no typos of anything
  const std::size_t letters = count_characters(written), others = count_characters(meant);
  const std::size_t edits_max = letters < 4 ? 0 : letters < 8 ? 1 : 2;
  // Most words are told apart by their lengths.
  if (others > kCharactersMax || std::max(letters, others) - std::min(letters, others) > edits_max)
    return false;
  return first_character(written) == first_character(meant) &&
         edits_between(written, meant) <= edits_max;
}

std::string_view nearest(std::string_view written, std::span<const std::string_view> known) {
  constexpr std::size_t kWrittenBytesMax = 64;
  if (written.size() > kWrittenBytesMax) return {};
  std::string_view best;
  std::size_t fewest = written.size() / 3 + 2;
  for (const std::string_view candidate : known) {
    const std::size_t edits = edits_between(written, candidate);
    if (edits >= fewest || edits >= candidate.size()) continue;
    fewest = edits;
    best = candidate;
  }
  return best;
}

}  // namespace tidings::query
