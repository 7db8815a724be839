#include "analytics/correlation.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/students_t.hpp>

namespace tidings::analytics {
namespace {

constexpr std::size_t kPairsMin = 3;
constexpr double kFlat = 1e-12;  // less spread, by the square of the values, is none

struct Moments {
  double mean = 0, squares = 0;  // sum of squared differences to the mean
};

// What of the two series stands side by side.
struct Pairs {
  std::span<const double> first, second;
};

Pairs pairs_at(std::span<const double> first, std::span<const double> second, int lag) {
  const std::size_t count = std::min(first.size(), second.size());
  const auto shift = static_cast<std::size_t>(std::abs(static_cast<long>(lag)));
  if (count < shift + kPairsMin) return {};
  return {.first = first.subspan(lag < 0 ? shift : 0, count - shift),
          .second = second.subspan(lag < 0 ? 0 : shift, count - shift)};
}

Moments moments(std::span<const double> values) {
  Moments found;
  double size = 0;
  if (values.empty()) return found;
  for (const double value : values) {
    found.mean += value;
    size += value * value;
  }
  found.mean /= static_cast<double>(values.size());
  for (const double value : values) found.squares += (value - found.mean) * (value - found.mean);
  if (found.squares <= kFlat * size) found.squares = 0;
  return found;
}

double pearson(const Pairs& pairs) {
  const Moments of_first = moments(pairs.first), of_second = moments(pairs.second);
  if (of_first.squares <= 0 || of_second.squares <= 0) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < pairs.first.size(); ++i)
    sum += (pairs.first[i] - of_first.mean) * (pairs.second[i] - of_second.mean);
  return std::clamp(sum / std::sqrt(of_first.squares * of_second.squares), -1.0, 1.0);
}

double autocorrelation(std::span<const double> values, const Moments& of, std::size_t lag) {
  double sum = 0;
  for (std::size_t i = lag; i < values.size(); ++i)
    sum += (values[i] - of.mean) * (values[i - lag] - of.mean);
  return sum / of.squares;
}

// Lags up to where either series has forgotten itself; a quarter of the series at most, beyond
// which there are too few pairs to tell.
double effective_pairs(std::span<const double> first, const Moments& of_first,
                       std::span<const double> second, const Moments& of_second) {
  const auto count = static_cast<double>(first.size());
  double sum = 0;
  for (std::size_t lag = 1; lag <= std::min(first.size() / 4, kLagMax); ++lag) {
    const double product =
        autocorrelation(first, of_first, lag) * autocorrelation(second, of_second, lag);
    if (product <= 0) break;
    sum += (1 - static_cast<double>(lag) / count) * product;
  }
  return std::clamp(count / (1 + 2 * sum), 2.0, count);
}

double two_sided(double r, double pairs) {
  if (pairs <= 2) return 1;
  const double rest = 1 - r * r;
  if (rest <= 0) return 0;
  const double t = std::abs(r) * std::sqrt((pairs - 2) / rest);
  return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(pairs - 2), t));
}

}  // namespace

Correlation correlation_at(std::span<const double> first, std::span<const double> second, int lag) {
  const Pairs pairs = pairs_at(first, second, lag);
  Correlation found{.lag = lag, .pairs = pairs.first.size()};
  const Moments of_first = moments(pairs.first), of_second = moments(pairs.second);
  if (of_first.squares <= 0 || of_second.squares <= 0) return found;
  found.r = pearson(pairs);
  found.effective_pairs = effective_pairs(pairs.first, of_first, pairs.second, of_second);
  found.p = two_sided(found.r, found.effective_pairs);
  return found;
}

Correlation best_correlation(std::span<const double> first, std::span<const double> second,
                             int lag_max) {
  const std::size_t half = std::min(first.size(), second.size()) / 2;
  const int most = std::clamp(lag_max, 0, static_cast<int>(std::min(half, kLagMax)));
  int best = 0;
  double strength = std::abs(pearson(pairs_at(first, second, 0)));
  for (int distance = 1; distance <= most; ++distance) {
    for (const int lag : {distance, -distance}) {
      const double other = std::abs(pearson(pairs_at(first, second, lag)));
      if (other <= strength) continue;
      best = lag;
      strength = other;
    }
  }
  Correlation found = correlation_at(first, second, best);
  found.p = std::min(1.0, found.p * (2 * most + 1));
  return found;
}

}  // namespace tidings::analytics
