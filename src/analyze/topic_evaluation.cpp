#include "analyze/topic_evaluation.h"

namespace tidings::analyze {
namespace {

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double LabelQuality::precision() const {
  return share(right, predicted);
}

double LabelQuality::recall() const {
  return share(right, count);
}

double LabelQuality::f1() const {
  return share(2 * right, count + predicted);
}

LabelQuality& TopicEvaluation::quality_of(std::string_view label) {
  const auto known = labels_.find(label);
  return known != labels_.end() ? known->second : labels_[std::string(label)];
}

void TopicEvaluation::add(std::string_view expected, std::string_view predicted) {
  ++count_;
  ++quality_of(expected).count;
  ++quality_of(predicted).predicted;
  if (expected != predicted) return;
  ++right_;
  ++quality_of(expected).right;
}

double TopicEvaluation::accuracy() const {
  return share(right_, count_);
}

double TopicEvaluation::macro_f1() const {
  double sum = 0;
  std::size_t labels = 0;
  for (const auto& [label, quality] : labels_) {
    if (quality.count == 0) continue;
    sum += quality.f1();
    ++labels;
  }
  return labels == 0 ? 0 : sum / static_cast<double>(labels);
}

}  // namespace tidings::analyze
