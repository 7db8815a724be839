#include "calibration.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "analyze/topic_lookup.h"

namespace tidings::training {
namespace {

constexpr int kSteps = 30;
constexpr double kPrior = 1;  // how firmly the factors are held where there is nothing to fit
constexpr std::size_t kRanksJudged = 4;  // topics() gives no more

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

// Gauss-Jordan elimination; the prior makes the matrix positive definite.
Vector solved(Matrix matrix, Vector right) {
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t row = 0; row < 3; ++row) {
      if (row == i) continue;
      const double factor = matrix[row][i] / matrix[i][i];
      for (std::size_t column = 0; column < 3; ++column)
        matrix[row][column] -= factor * matrix[i][column];
      right[row] -= factor * right[i];
    }
  }
  for (std::size_t i = 0; i < 3; ++i) right[i] /= matrix[i][i];
  return right;
}

Vector inputs_of(double evidence, double all) {
  return {1, std::log(evidence / (std::max(all - evidence, 0.0) + 1)), std::log(1 + evidence)};
}

}  // namespace

void Calibration::add(const analyze::TopicTable& table, std::string_view language,
                      const std::vector<LabeledHeadline>& headlines, double weight) {
  for (const LabeledHeadline& headline : headlines) {
    const std::size_t title_end = std::min(headline.text.find('\n'), headline.text.size());
    const analyze::Document document{.segments = text::segment(headline.text, language, title_end),
                                     .title_end = static_cast<std::uint32_t>(title_end),
                                     .language = std::string(language)};
    judge(table,
          analyze::topic_sums(analyze::find_topic_terms({.shipped = table}, document, {}),
                              table.topics().size()),
          headline, weight);
  }
}

void Calibration::judge(const analyze::TopicTable& table, std::vector<float> sums,
                        const LabeledHeadline& headline, double weight) {
  std::vector<Judged> found;
  const std::span<const analyze::TableTopic> topics = table.topics();
  double all = 0;
  for (std::size_t place = 0; place < sums.size(); ++place) {
    if (topics[place].parent != place || sums[place] <= 0) continue;
    all += static_cast<double>(sums[place]);
    found.push_back({.evidence = static_cast<double>(sums[place]),
                     .weight = weight,
                     .is_right = topics[place].code == headline.code});
  }
  std::sort(found.begin(), found.end(),
            [](const Judged& a, const Judged& b) { return a.evidence > b.evidence; });
  if (found.size() > kRanksJudged) found.resize(kRanksJudged);
  for (Judged& one : found) {
    one.all = all;
    top_.push_back(one);
  }
  if (headline.second_code == 0) return;
  for (std::size_t place = 0; place < sums.size(); ++place) {
    const std::size_t parent = topics[place].parent;
    if (parent == place || topics[parent].code != headline.code || sums[place] <= 0) continue;
    const auto parents = static_cast<double>(sums[parent]);
    second_.push_back({.evidence = std::min(static_cast<double>(sums[place]), parents),
                       .all = parents,
                       .weight = weight,
                       .is_right = topics[place].code == headline.second_code});
  }
}

analyze::TopicLevels Calibration::fit() const {
  return {.top = fit_level(top_), .second = fit_level(second_)};
}

// Logistic regression by Newton's method.
analyze::TopicScoring Calibration::fit_level(const std::vector<Judged>& judged) {
  const analyze::TopicScoring start;
  const Vector prior = {static_cast<double>(start.bias), static_cast<double>(start.odds),
                        static_cast<double>(start.amount)};
  Vector factors = prior;
  for (int step = 0; step < kSteps; ++step) {
    Vector slope{};
    Matrix curve{};
    for (std::size_t i = 0; i < 3; ++i) {
      slope[i] = kPrior * (factors[i] - prior[i]);
      curve[i][i] = kPrior;
    }
    for (const Judged& one : judged) {
      const Vector inputs = inputs_of(one.evidence, one.all);
      double logit = 0;
      for (std::size_t i = 0; i < 3; ++i) logit += factors[i] * inputs[i];
      const double p = 1 / (1 + std::exp(-logit));
      for (std::size_t i = 0; i < 3; ++i) {
        slope[i] += one.weight * (p - (one.is_right ? 1 : 0)) * inputs[i];
        for (std::size_t k = 0; k < 3; ++k)
          curve[i][k] += one.weight * p * (1 - p) * inputs[i] * inputs[k];
      }
    }
    const Vector change = solved(curve, slope);
    for (std::size_t i = 0; i < 3; ++i) factors[i] -= std::clamp(change[i], -1.0, 1.0);
  }
  return {.bias = static_cast<float>(factors[0]),
          .odds = static_cast<float>(factors[1]),
          .amount = static_cast<float>(factors[2])};
}

}  // namespace tidings::training
