// What of a word speaks for a language: its n-grams of letters, with the word's ends, and the whole
// word. The trainer and the product take them from here, so that they cannot differ.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "analyze/language_letters.h"

namespace tidings::analyze {

inline constexpr std::size_t kLettersTogetherMax = 5;

constexpr std::uint32_t with_letter(std::uint32_t hash, char16_t letter) {
  hash = (hash ^ letter) * 0x9E3779B1U;
  return hash ^ (hash >> 15U);
}

// Calls use(std::uint32_t feature) for each; at most 6 a letter.
template <class Use>
void for_each_feature(const LetterRun& run, Use&& use) {
  constexpr char16_t kEnd = u' ';
  constexpr std::uint32_t kGramSeed = 0x2545F491U;
  constexpr std::uint32_t kWordSeed = 0x7F4A7C15U;
  std::array<char16_t, kWordLettersMax + 2> letters;
  letters[0] = kEnd;
  for (std::size_t at = 0; at < run.size; ++at) letters[at + 1] = run.letters[at];
  letters[run.size + 1] = kEnd;
  const std::size_t size = run.size + 2;

  std::uint32_t word = kWordSeed;
  for (std::size_t begin = 0; begin < size; ++begin) {
    word = with_letter(word, letters[begin]);
    std::uint32_t gram = kGramSeed;
    const std::size_t end = begin + kLettersTogetherMax < size ? begin + kLettersTogetherMax : size;
    for (std::size_t at = begin; at < end; ++at) {
      gram = with_letter(gram, letters[at]);
      if (at > begin || letters[at] != kEnd) use(gram);
    }
  }
  if (size > kLettersTogetherMax) use(word);
}

}  // namespace tidings::analyze
