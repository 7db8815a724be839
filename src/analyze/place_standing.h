// How much the words around a name speak for its being a place and not a person, a team or the
// beginning of a sentence.
#pragma once

#include <span>
#include <vector>

#include "analyze/place_names.h"

namespace tidings::analyze {

// For each name, what its surroundings add (above 0) or take (below); about what a tenfold
// population adds is 1. `names` are the document's, in order.
std::vector<double> standings(const Document& document, std::span<const PlaceName> names);

}  // namespace tidings::analyze
