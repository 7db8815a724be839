#include "text/edit_distance.h"

#include <algorithm>
#include <array>

#include "core/utf8.h"

namespace tidings::text {
namespace {

constexpr std::size_t kCharactersMax = 64;  // longer words are no typos of anything

std::vector<char32_t> characters(std::string_view word) {
  std::vector<char32_t> characters;
  characters.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) characters.push_back(next_code_point(word, at));
  return characters;
}

std::size_t edits_between(const std::vector<char32_t>& a, const std::vector<char32_t>& b) {
  std::array<std::array<std::size_t, kCharactersMax + 1>, 3> rows;
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string_view first_character(std::string_view word) {
  std::size_t end = 0;
  if (!word.empty()) next_code_point(word, end);
  return word.substr(0, end);
}

EditDistance::EditDistance(std::string_view word) : word_(characters(word)) {
  edits_max_ = word_.size() < 4 ? 0 : word_.size() < 8 ? 1 : 2;
}

bool EditDistance::is_typo(std::string_view other) const {
  // A character has one byte at least and four at most.
  if (other.size() + edits_max_ < word_.size() || other.size() > 4 * (word_.size() + edits_max_))
    return false;
  const std::vector<char32_t> there = characters(other);
  const std::size_t longer = std::max(word_.size(), there.size());
  const std::size_t shorter = std::min(word_.size(), there.size());
  if (shorter == 0 || longer > kCharactersMax || longer - shorter > edits_max_) return false;
  return word_.front() == there.front() && edits_between(word_, there) <= edits_max_;
}

}  // namespace tidings::text
