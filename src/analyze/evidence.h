// Why a score is what it is: what was noted while it was made, in the form that is shown.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/analysis.h"

namespace tidings::analyze {

inline constexpr std::size_t kEvidenceMax = 10;

// The strongest of them, equal texts as one, strongest first; equally strong ones by their
// text. Without those that add nothing worth showing.
std::vector<Evidence> strongest(std::span<const Evidence> noted,
                                std::size_t count_max = kEvidenceMax);

}  // namespace tidings::analyze
