// Where a text has names that some place has: what they mean, and whether they are places at all,
// is for others to say.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analyze/document.h"
#include "analyze/gazetteer.h"
#include "model/analysis.h"

namespace tidings::analyze {

struct PlaceName {
  TextSpan span;                 // without "'s" and without an elided article
  std::uint32_t first_word = 0;  // [first_word, end_word) of the document's words
  std::uint32_t end_word = 0;
  Senses senses;       // empty only when it was asked for and nobody knows it
  bool asked = false;  // the caller says that it is a place
  bool partial =
      false;  // asked for, and only a part of it is known: "Boston" of "Boston Logan Airport"
};

constexpr std::size_t kPlaceNamesMax = 5'000;

// Finds the longest names at capitalized words, in the text's order, never overlapping. The spans
// of `asked` become one name each, with exactly that span, whatever it says; `excluded` spans
// (persons) become none. At most kPlaceNamesMax.
std::vector<PlaceName> find_place_names(const Document& document, std::span<const TextSpan> asked,
                                        std::span<const TextSpan> excluded);

// The name of `text` alone, without a document: the senses of all of it, or none.
Senses senses_of_text(std::string_view text);

}  // namespace tidings::analyze
