#include "analyze/topic_examples.h"

#include <algorithm>

#include "text/segments.h"

namespace tidings::analyze {

std::uint32_t TopicExamples::number_of(std::string_view label) {
  if (const auto known = label_numbers_.find(label); known != label_numbers_.end())
    return known->second;
  const auto number = static_cast<std::uint32_t>(label_names_.size());
  label_names_.emplace_back(label);
  label_numbers_.emplace(label, number);
  return number;
}

void TopicExamples::add(std::string_view text, std::string_view label) {
  const std::uint32_t number = number_of(label);
  if (added_++ % every_ != 0) return;
  for (const TopicFeature& feature : topic_features(text::segment(text, "und"))) {
    if (!has_parts_ && kind_of(feature.hash) == TopicFeatureKind::Part) continue;
    hashes_.push_back(feature.hash);
    counts_.push_back(static_cast<std::uint8_t>(std::min(feature.count, 255U)));
  }
  starts_.push_back(hashes_.size());
  labels_.push_back(number);
  while (hashes_.size() > features_max_ && size() > 1) thin();
}

void TopicExamples::features(std::size_t text, std::vector<TopicFeature>& out) const {
  out.clear();
  for (std::size_t i = starts_[text]; i < starts_[text + 1]; ++i)
    out.push_back({.hash = hashes_[i], .count = counts_[i]});
}

void TopicExamples::thin() {
  if (has_parts_) {
    has_parts_ = false;
    keep_only(
        [](std::size_t, std::uint32_t hash) { return kind_of(hash) != TopicFeatureKind::Part; });
    return;
  }
  every_ *= 2;
  keep_only([](std::size_t text, std::uint32_t) { return text % 2 == 0; });
  std::size_t kept = 0;
  for (std::size_t text = 0; text < labels_.size(); text += 2) {
    labels_[kept] = labels_[text];
    starts_[++kept] = starts_[text + 1];
  }
  labels_.resize(kept);
  starts_.resize(kept + 1);
}

template <class Keep>
void TopicExamples::keep_only(Keep keep) {
  std::size_t kept = 0;
  std::size_t from = 0;
  for (std::size_t text = 0; text < labels_.size(); ++text) {
    const std::size_t end = starts_[text + 1];
    for (; from < end; ++from) {
      if (!keep(text, hashes_[from])) continue;
      hashes_[kept] = hashes_[from];
      counts_[kept++] = counts_[from];
    }
    starts_[text + 1] = kept;
  }
  hashes_.resize(kept);
  counts_.resize(kept);
}

}  // namespace tidings::analyze
