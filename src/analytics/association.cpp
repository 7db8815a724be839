#include "analytics/association.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tidings::analytics {
namespace {

double part(double observed, double expected) {
  return observed > 0 ? observed * std::log(observed / expected) : 0;
}

// Of chi-square with one degree of freedom: erfc(√(x/2)); far out by its asymptotic series
// (Abramowitz and Stegun 7.1.23).
double log10_chi_square(double x) {
  const double z = std::sqrt(x / 2);
  if (z < 20) return std::log10(std::erfc(z));
  const double z2 = z * z;
  const double series = 1 - 1 / (2 * z2) + 3 / (4 * z2 * z2);
  return (-z2 + std::log(series / (z * std::sqrt(std::numbers::pi)))) / std::numbers::ln10;
}

}  // namespace

Association association(const Cooccurrence& counts) {
  const auto all = static_cast<double>(std::max<std::int64_t>(counts.articles, 0));
  const double first = std::clamp(static_cast<double>(counts.first), 0.0, all);
  const double second = std::clamp(static_cast<double>(counts.second), 0.0, all);
  if (first <= 0 || second <= 0 || first >= all || second >= all) return {};
  const double both = std::clamp(static_cast<double>(counts.both),
                                 std::max(0.0, first + second - all), std::min(first, second));
  Association found;
  found.expected = first * second / all;
  const double sum = part(both, found.expected) + part(first - both, first * (all - second) / all) +
                     part(second - both, second * (all - first) / all) +
                     part(all - first - second + both, (all - first) * (all - second) / all);
  found.likelihood_ratio = std::max(0.0, 2 * sum);
  found.npmi = both > 0 ? std::log(both / found.expected) / -std::log(both / all) : -1;
  found.log10_p = std::min(0.0, log10_chi_square(found.likelihood_ratio));
  return found;
}

}  // namespace tidings::analytics
