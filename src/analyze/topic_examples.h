// The texts that a topic model is trained on, as features, within a fixed budget of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/topic_features.h"

namespace tidings::analyze {

class TopicExamples {
 public:
  // Five bytes a feature. What goes beyond is thinned evenly: first the parts of words are left
  // out, then every second text, as often as needed. The same texts are thinned in the same way.
  explicit TopicExamples(std::size_t features_max) : features_max_(features_max) {}

  // `text` is valid UTF-8. Labels are numbered in the order of their first text.
  void add(std::string_view text, std::string_view label);

  std::size_t size() const { return labels_.size(); }
  std::span<const std::string> label_names() const { return label_names_; }
  std::uint32_t label(std::size_t text) const { return labels_[text]; }

  // `out` is reused.
  void features(std::size_t text, std::vector<TopicFeature>& out) const;

  bool has_parts() const { return has_parts_; }
  std::size_t left_out() const { return added_ - labels_.size(); }  // texts

 private:
  std::uint32_t number_of(std::string_view label);
  void thin();
  template <class Keep>
  void keep_only(Keep keep);

  std::size_t features_max_;
  std::size_t added_ = 0;
  std::size_t every_ = 1;  // of so many texts one is kept
  bool has_parts_ = true;
  std::vector<std::string> label_names_;
  std::map<std::string, std::uint32_t, std::less<>> label_numbers_;
  std::vector<std::uint32_t> labels_;
  std::vector<std::size_t> starts_ = {0};
  std::vector<std::uint32_t> hashes_;
  std::vector<std::uint8_t> counts_;  // 255 stands for more
};

}  // namespace tidings::analyze
