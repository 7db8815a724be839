#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "analytics/association.h"
#include "analytics/burst.h"
#include "analytics/correlation.h"

namespace tidings::analytics {
namespace {

// The chance by adding up the distribution, term by term.
double summed_log10(int count, double expected, double overdispersion) {
  double below = 0;
  for (int k = 0; k < count; ++k) {
    double ln = 0;
    if (overdispersion == 0) {
      ln = k * std::log(expected) - expected - std::lgamma(k + 1);
    } else {
      const double size = 1 / overdispersion;
      ln = std::lgamma(k + size) - std::lgamma(size) - std::lgamma(k + 1) +
           size * std::log(size / (size + expected)) + k * std::log(expected / (size + expected));
    }
    below += std::exp(ln);
  }
  return std::log10(1 - below);
}

TEST(Burst, ChanceIsThatOfTheDistribution) {
  for (const double overdispersion : {0.0, 0.1, 1.0}) {
    for (const int count : {1, 3, 8, 15}) {
      EXPECT_NEAR(log10_chance(count, 4, overdispersion), summed_log10(count, 4, overdispersion),
                  1e-6)
          << count << " " << overdispersion;
    }
  }
  // By hand: one or more where 2 are expected, 1 - e^-2.
  EXPECT_NEAR(log10_chance(1, 2, 0), std::log10(1 - std::exp(-2.0)), 1e-12);
  EXPECT_EQ(log10_chance(0, 2, 0), 0);
}

TEST(Burst, ChanceGoesOnWhereNumbersEnd) {
  // Just above and below the least double the logarithm has no step: ratios of neighbors stay
  // alike.
  double before = log10_chance(279, 10, 0);
  double step_before = before - log10_chance(278, 10, 0);
  for (int count = 280; count < 400; ++count) {
    const double now = log10_chance(count, 10, 0);
    EXPECT_LT(now, before);
    EXPECT_NEAR(now - before, step_before, 0.01) << count;
    step_before = now - before;
    before = now;
  }
  EXPECT_LT(log10_chance(100'000, 1, 0), -400'000);
  EXPECT_TRUE(std::isfinite(log10_chance(60'000, 0.001, 0.5)));
}

TEST(Burst, WhatVariesMoreIsLessSurprising) {
  EXPECT_LT(log10_chance(20, 5, 0), log10_chance(20, 5, 0.1));
  EXPECT_LT(log10_chance(20, 5, 0.1), log10_chance(20, 5, 1));
}

TEST(Burst, FalseDiscoveriesAreBoundedAsBenjaminiAndHochbergDo) {
  // Their example (1995, section 4), the six least of 15 at 0.05: four are rejected.
  std::vector<double> chances;
  for (const double p : {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278})
    chances.push_back(std::log10(p));
  const double bound = false_discovery_bound(chances, 15, 0.05);
  EXPECT_GE(bound, chances[3]);
  EXPECT_LT(bound, chances[4]);
  EXPECT_LT(false_discovery_bound(chances, 1'000'000, 0.05), -1e300);
  EXPECT_LT(false_discovery_bound({}, 10, 0.05), -1e300);
}

TEST(Association, IsWhatTheTableSays) {
  // By hand, of the table 30, 20; 10, 40: G² = 2 Σ O ln(O/E), E = 20, 30; 20, 30.
  const Association found = association({.both = 30, .first = 50, .second = 40, .articles = 100});
  const double g = 2 * (30 * std::log(1.5) + 20 * std::log(2.0 / 3) + 10 * std::log(0.5) +
                        40 * std::log(4.0 / 3));
  EXPECT_DOUBLE_EQ(found.expected, 20);
  EXPECT_NEAR(found.likelihood_ratio, g, 1e-9);
  EXPECT_NEAR(found.npmi, std::log(1.5) / -std::log(0.3), 1e-12);
  // The 5 % point of chi-square with one degree of freedom is 3.841 (any table).
  EXPECT_NEAR(std::erfc(std::sqrt(3.841 / 2)), 0.05, 1e-4);
  EXPECT_NEAR(found.log10_p, std::log10(std::erfc(std::sqrt(g / 2))), 1e-9);
}

TEST(Association, KnowsTheEndsOfTheScale) {
  EXPECT_NEAR(association({.both = 10, .first = 10, .second = 10, .articles = 1'000}).npmi, 1,
              1e-9);
  EXPECT_EQ(association({.both = 0, .first = 10, .second = 10, .articles = 1'000}).npmi, -1);
  const Association chance =
      association({.both = 10, .first = 100, .second = 100, .articles = 1'000});
  EXPECT_NEAR(chance.npmi, 0, 1e-9);
  EXPECT_NEAR(chance.likelihood_ratio, 0, 1e-9);
  EXPECT_NEAR(chance.log10_p, 0, 1e-4);
  const Association much =
      association({.both = 9'000, .first = 10'000, .second = 10'000, .articles = 1'000'000});
  EXPECT_LT(much.log10_p, -1'000);
  EXPECT_EQ(association({.both = 5, .first = 0, .second = 3, .articles = 10}).likelihood_ratio, 0);
}

TEST(Correlation, IsPearsons) {
  // By hand: differences to the means -2..2 and -1, -2, 0, 1, 2 (mean 3): Σxy = 9, Σx² = Σy² = 10.
  const std::vector<double> x = {1, 2, 3, 4, 5}, y = {2, 1, 3, 4, 5};
  EXPECT_NEAR(correlation_at(x, y, 0).r, 0.9, 1e-12);
  const std::vector<double> flat(5, 7);
  EXPECT_EQ(correlation_at(x, flat, 0).r, 0);
  EXPECT_EQ(correlation_at(x, flat, 0).p, 1);
  EXPECT_EQ(correlation_at(x, y, 3).pairs, 0);
}

TEST(Correlation, FindsWhoLeads) {
  std::mt19937 chance(7);
  std::normal_distribution<> normal;
  std::vector<double> first(400), second(400);
  for (double& value : first) value = normal(chance);
  for (std::size_t i = 0; i < second.size(); ++i)
    second[i] = (i >= 6 ? first[i - 6] : 0) + 0.5 * normal(chance);
  const Correlation found = best_correlation(first, second, 24);
  EXPECT_EQ(found.lag, 6);
  EXPECT_GT(found.r, 0.8);
  EXPECT_LT(found.p, 1e-20);
  EXPECT_EQ(best_correlation(second, first, 24).lag, -6);
}

TEST(Correlation, SlowSeriesSayLittle) {
  // Two random walks have nothing in common, and often a high r.
  int believed = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 chance(seed);
    std::normal_distribution<> normal;
    std::vector<double> first(300), second(300);
    for (std::size_t i = 1; i < first.size(); ++i) {
      first[i] = 0.97 * first[i - 1] + normal(chance);
      second[i] = 0.97 * second[i - 1] + normal(chance);
    }
    believed += correlation_at(first, second, 0).p < 0.01 ? 1 : 0;
  }
  EXPECT_LE(believed, 4);
}

}  // namespace
}  // namespace tidings::analytics
