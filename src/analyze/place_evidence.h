// What beside names of places tells countries apart: adjectives, words of one country, the
// publisher, a domain.
#pragma once

#include <string_view>
#include <vector>

#include "analyze/document.h"
#include "analyze/place_senses.h"

namespace tidings::analyze {

struct CountryWord {
  std::uint8_t country = 0;
  std::string_view word;  // borrowed of the document
  double weight = 0;
};

// "français", "deutschen": lower-case words of de, fr, es, it, pt, nl (English ones are capitalized
// and found as names).
std::vector<CountryWord> country_adjectives(const Document& document);

// Words of one country, a place in the publisher's name, the country of the address's domain.
CountryWeights countries_of_hints(const Document& document, std::string_view publisher,
                                  std::string_view url);

}  // namespace tidings::analyze
