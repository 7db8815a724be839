// Whether two series go together, and which of them goes first.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tidings::analytics {

inline constexpr std::size_t kLagMax = 1'000;

struct Correlation {
  int lag = 0;            // steps by which the second follows the first; negative: it leads
  double r = 0;           // Pearson's, [-1, 1]
  std::size_t pairs = 0;  // points of both that overlap
  // As many independent pairs would say as much: neighbors of one series resemble each other
  // (Bartlett 1946), and a correlation of two slow series says little.
  double effective_pairs = 0;
  double p =
      1;  // two-sided, Student's t; of the best of several lags, times their number, at most 1
};

// At one lag. Series of different lengths are cut to the shorter. Without spread in either, or with
// fewer than three pairs, r is 0 and p is 1.
Correlation correlation_at(std::span<const double> first, std::span<const double> second, int lag);

// The lag in [-lag_max, lag_max] with the strongest correlation, of either sign; of equals the
// nearest to 0. Lags that leave less than half of the series are not looked at, nor those beyond
// kLagMax.
Correlation best_correlation(std::span<const double> first, std::span<const double> second,
                             int lag_max);

}  // namespace tidings::analytics
