// Runs of words as numbers: texts that share many of them are copies of each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tidings::stories {

// Words of a run. Of pairs, unrelated texts share too many; of five, a few changed words spoil
// most.
inline constexpr std::size_t kShingleWords = 3;

struct Shingles {
  std::vector<std::uint32_t> runs;     // a hash for each run of kShingleWords words, in order
  std::vector<std::uint32_t> numbers;  // a hash for each word that begins with a digit, in order

  void clear() {
    runs.clear();
    numbers.clear();
  }
};

// Appends those of `text` (Broder 1997, "On the resemblance and containment of documents"). A text
// of less than kShingleWords words has one run of all its words; none if it has none. Words are
// runs of letters and digits, ASCII's without case: what copies change is punctuation, quotation
// marks and markup. Characters of scripts without spaces are words, each together with the next.
// Bytes that are not UTF-8 part words. Linear time; no more than `runs_max` runs.
void append_shingles(std::string_view text, std::size_t runs_max, Shingles& shingles);

}  // namespace tidings::stories
