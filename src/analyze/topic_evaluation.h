// How well predicted labels agree with the expected ones.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace tidings::analyze {

struct LabelQuality {
  std::size_t count = 0;      // texts that have the label
  std::size_t predicted = 0;  // texts that were given it
  std::size_t right = 0;      // both

  double precision() const;  // 0 where nothing was given it
  double recall() const;     // 0 where nothing has it
  double f1() const;
};

class TopicEvaluation {
 public:
  void add(std::string_view expected, std::string_view predicted);

  std::size_t count() const { return count_; }
  double accuracy() const;
  double macro_f1() const;  // the mean over labels that some text has
  const std::map<std::string, LabelQuality, std::less<>>& labels() const { return labels_; }

 private:
  LabelQuality& quality_of(std::string_view label);

  std::map<std::string, LabelQuality, std::less<>> labels_;
  std::size_t count_ = 0, right_ = 0;
};

}  // namespace tidings::analyze
