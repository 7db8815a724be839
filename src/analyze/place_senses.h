// Which place a name means: by importance, by a qualifier beside it, by what else the article
// names.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "analyze/place_names.h"

namespace tidings::analyze {

// Evidence for countries that is no place in the text: words of one country, the publisher, a
// domain. Indexed by number.
using CountryWeights = std::array<double, 256>;

struct ChosenSense {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::uint32_t place = kNone;  // number in the gazetteer
  std::uint8_t use = 0;         // Sense's
  bool qualified = false;       // "Paris" of "Paris, Texas", and "Texas" too
  double coherence = 0;         // [0, 2]: how much of the article's other evidence is where it lies
};

// One for each name, in order. A name without senses, and an abbreviation that stands beside no
// name, has none.
std::vector<ChosenSense> choose_senses(const Document& document, std::span<const PlaceName> names,
                                       std::span<const double> standings,
                                       const CountryWeights& hints);

}  // namespace tidings::analyze
