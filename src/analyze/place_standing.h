// How much the words around a name speak for its being a place and not a person, a team or the
// beginning of a sentence.
#pragma once

#include <span>
#include <vector>

#include "analyze/place_names.h"

namespace tidings::analyze {

// What else is known of the document's names. Spans of one kind do not overlap; in order.
struct NameReadings {
  std::span<const TextSpan> persons, places, others;
};

// For each name, what its surroundings add (above 0) or take (below); about what a tenfold
// population adds is 1. `names` are the document's, in order.
std::vector<double> standings(const Document& document, std::span<const PlaceName> names,
                              const NameReadings& readings);

}  // namespace tidings::analyze
