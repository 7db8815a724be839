// Trains topic models on an operator's own labeled texts.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/topic_evaluation.h"
#include "analyze/topic_examples.h"
#include "core/result.h"

namespace tidings::analyze {

// A mix of complement naive Bayes and support vector machines over hashed words, pairs and parts of
// words. How much each counts, and what makes a probability of the sum, is found on texts that were
// held out. The same texts in the same order give the same bytes. Single-threaded; about 1.5 GB at
// most.
class TopicTrainer {
 public:
  TopicTrainer();

  // InvalidInput when the label is empty, or one more than kTopicLabelsMax. `text` is made valid
  // UTF-8 where it is not.
  Result<void> add(std::string_view text, std::string_view label);

  std::size_t size() const { return examples_.size(); }
  std::size_t label_count() const { return examples_.label_names().size(); }
  std::size_t left_out() const { return examples_.left_out(); }  // texts beyond the memory's bound

  // A model for TopicModel::open. InvalidInput with fewer than two labels.
  Result<std::string> train() const;

  // Trains on all folds but one and predicts that one, for each; every fold has its share of every
  // label. InvalidInput with fewer than two labels or texts than folds, or folds outside [2, 100].
  Result<TopicEvaluation> cross_validate(std::size_t folds) const;

 private:
  std::string train_on(std::span<const std::size_t> texts) const;
  Result<void> check_trainable() const;

  TopicExamples examples_;
};

}  // namespace tidings::analyze
