// Words, phrases and their signs (=, *, ~) as parts of a query.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "model/query.h"

namespace tidings::query {

// What is written can be words in more than one way (cut_words.h).
struct WordWays {
  std::vector<Query> ways;  // Word, Prefix, Fuzzy or Phrase; none where nothing is a word
};

struct WordOptions {
  QueryField field = QueryField::Any;
  std::string_view language;
  bool is_exact = false;
};

// One run of characters without blanks: "climate", "=Climate", "elect*", "climte~", "covid-19" (a
// phrase), "{o'brien}" (the one word, as it is).
Result<WordWays> bare_words(std::string_view written, const WordOptions& options);

// Such runs, parted by blanks, one after the other.
Result<WordWays> quoted_words(std::string_view written, const WordOptions& options);

}  // namespace tidings::query
