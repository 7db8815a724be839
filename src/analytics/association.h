// Whether two keys come together more often than chance would have it.
#pragma once

#include <cstdint>

namespace tidings::analytics {

struct Cooccurrence {
  std::int64_t both = 0;      // articles that have both keys
  std::int64_t first = 0;     // articles that have the first, those with both included
  std::int64_t second = 0;    // likewise
  std::int64_t articles = 0;  // all
};

struct Association {
  double expected = 0;  // articles with both, if the keys knew nothing of each other
  // The log-likelihood ratio G² (Dunning 1993), ≥ 0; one degree of freedom.
  double likelihood_ratio = 0;
  // Normalized pointwise mutual information (Bouma 2009): 1 never apart, 0 by chance, -1 never
  // together.
  double npmi = 0;
  double log10_p = 0;  // of so large a G² by chance, in either direction
};

// Counts that cannot be (both > first, say) are as if they were cut to what can; without articles,
// or where one of the keys has none or all, everything is 0.
Association association(const Cooccurrence& counts);

}  // namespace tidings::analytics
