// How unlikely a count is, and which of many unlikely counts to believe.
#pragma once

#include <cstddef>
#include <span>

namespace tidings::analytics {

// The decimal logarithm of the chance to count `count` or more where `expected` are, ≤ 0: Poisson
// where `overdispersion` is 0, else negative binomial with the variance expected + overdispersion ·
// expected². A count that is not whole is taken between its neighbors. Exact to 6 digits or more
// down to 10^-280 (incomplete gamma and beta functions), and below that by its series. -0 where
// count ≤ 0; `expected` > 0.
double log10_chance(double count, double expected, double overdispersion);

// The largest logarithm that passes where `tests` were made, of which `log10_chances` (ascending)
// are the least: of what passes at most the share `rate` is there by chance, on average (Benjamini
// and Hochberg 1995). Minus infinity where none does.
double false_discovery_bound(std::span<const double> log10_chances, std::size_t tests, double rate);

}  // namespace tidings::analytics
