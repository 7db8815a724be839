#include "analytics/burst.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace tidings::analytics {
namespace {

using Policy = boost::math::policies::policy<
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;

constexpr double kLeastOverdispersion = 1e-9;  // less is Poisson
constexpr double kLeastChance = 1e-280;
constexpr int kSeriesMax = 10'000;

// ln of the chance of exactly this count.
double ln_mass(double count, double expected, double overdispersion) {
  if (overdispersion < kLeastOverdispersion)
    return count * std::log(expected) - expected - std::lgamma(count + 1);
  const double size = 1 / overdispersion;
  return std::lgamma(count + size) - std::lgamma(size) - std::lgamma(count + 1) -
         size * std::log1p(expected / size) + count * std::log(expected / (expected + size));
}

// The tail far above the mean: each term is a fraction of the one before.
double ln_far_tail(double count, double expected, double overdispersion) {
  double sum = 1, term = 1;
  for (int i = 0; i < kSeriesMax && term > sum * 1e-16; ++i) {
    const double at = count + i;
    const double ratio =
        overdispersion < kLeastOverdispersion
            ? expected / (at + 1)
            : (at + 1 / overdispersion) / (at + 1) * expected / (expected + 1 / overdispersion);
    term *= ratio;
    sum += term;
  }
  return ln_mass(count, expected, overdispersion) + std::log(sum);
}

double chance(double count, double expected, double overdispersion) {
  if (overdispersion < kLeastOverdispersion) return boost::math::gamma_p(count, expected, Policy());
  const double size = 1 / overdispersion;
  return boost::math::ibeta(count, size, expected / (expected + size), Policy());
}

}  // namespace

double log10_chance(double count, double expected, double overdispersion) {
  if (count <= 0) return 0;
  const double near = chance(count, expected, overdispersion);
  if (near > kLeastChance) return std::min(std::log10(near), 0.0);
  return ln_far_tail(count, expected, overdispersion) / std::numbers::ln10;
}

double false_discovery_bound(std::span<const double> log10_chances, std::size_t tests,
                             double rate) {
  for (std::size_t rank = log10_chances.size(); rank > 0; --rank) {
    const double bound =
        std::log10(rate * static_cast<double>(rank) / static_cast<double>(std::max(tests, rank)));
    if (log10_chances[rank - 1] <= bound) return bound;
  }
  return -std::numeric_limits<double>::infinity();
}

}  // namespace tidings::analytics
