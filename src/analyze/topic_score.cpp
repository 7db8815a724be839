#include "analyze/topic_score.h"

#include <algorithm>
#include <cmath>

namespace tidings::analyze {

double topic_probability(const TopicScoring& scoring, double evidence, double all) {
  if (evidence <= 0) return 0;
  const double odds = evidence / (std::max(all - evidence, 0.0) + 1);
  const double logit = static_cast<double>(scoring.bias) +
                       static_cast<double>(scoring.odds) * std::log(odds) +
                       static_cast<double>(scoring.amount) * std::log(1 + evidence);
  return 1 / (1 + std::exp(-logit));
}

}  // namespace tidings::analyze
