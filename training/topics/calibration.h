// Fits what makes scores of evidence to headlines whose topic is known.
#pragma once

#include <string_view>
#include <vector>

#include "analyze/topic_table.h"
#include "huffpost.h"

namespace tidings::training {

class Calibration {
 public:
  // What `table` finds in these headlines, and whether it is right: the words of `table` must not
  // have been weighed by them. A headline counts `weight` times.
  void add(const analyze::TopicTable& table, std::string_view language,
           const std::vector<LabeledHeadline>& headlines, double weight);

  analyze::TopicLevels fit() const;

 private:
  struct Judged {
    double evidence = 0, all = 0;
    double weight = 1;
    bool is_right = false;
  };
  static analyze::TopicScoring fit_level(const std::vector<Judged>& judged);
  void judge(const analyze::TopicTable& table, std::vector<float> sums,
             const LabeledHeadline& headline, double weight);

  std::vector<Judged> top_, second_;
};

}  // namespace tidings::training
