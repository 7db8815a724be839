// Words that say nothing of what a text is about: "the", "und", "pour".
#pragma once

#include <cstddef>
#include <string_view>

namespace tidings::text {

// The list of one language out of stopwords-iso (57 languages), in the program's read-only data.
// Costs nothing to make or copy; safe to use from many threads.
class StopWords {
 public:
  // BCP 47. A language without a list has no stop words.
  explicit StopWords(std::string_view language);

  bool knows_language() const { return slots_ > 0; }
  // `lowered` is lower case; both apostrophes will do.
  bool contains(std::string_view lowered) const;

 private:
  bool holds(std::string_view lowered) const;

  std::size_t begin_ = 0;  // of the table's slots
  std::size_t slots_ = 0;
};

}  // namespace tidings::text
