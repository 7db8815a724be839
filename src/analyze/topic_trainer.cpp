#include "analyze/topic_trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "analyze/topic_linear.h"
#include "analyze/topic_mix.h"
#include "analyze/topic_model.h"
#include "analyze/topic_vocabulary.h"
#include "core/utf8.h"

namespace tidings::analyze {
namespace {

constexpr std::size_t kExampleFeaturesMax = 80'000'000;
constexpr std::size_t kModelWeightsMax = 24'000'000;  // a byte each on disk
constexpr std::size_t kModelFeaturesMax = 2'000'000;
constexpr std::size_t kFoldsMax = 100;
constexpr std::size_t kCrossedMax = 5'000;    // texts up to which all of them are held out once
constexpr std::size_t kMixTextsMax = 20'000;  // that the mix is found on
constexpr std::size_t kMixFolds = 3;          // where all are held out
constexpr std::size_t kHeldOutFolds = 5;      // of which one is held out, where there are more

std::size_t features_max_for(std::size_t labels) {
  return std::min(kModelFeaturesMax, kModelWeightsMax / labels);
}

// Both classifiers, trained on the same texts.
struct Trained {
  TopicVocabulary vocabulary;
  LinearWeights bayes, support;
};

std::vector<std::uint32_t> labels_of(const TopicExamples& examples,
                                     std::span<const std::size_t> texts) {
  std::vector<std::uint32_t> labels;
  labels.reserve(texts.size());
  for (const std::size_t text : texts) labels.push_back(examples.label(text));
  return labels;
}

Trained train_both(const TopicExamples& examples, std::span<const std::size_t> texts) {
  const std::size_t label_count = examples.label_names().size();
  TopicVocabulary vocabulary = choose_vocabulary(examples, texts, features_max_for(label_count));
  const TopicVectors vectors = vectors_of(examples, texts, vocabulary);
  const std::vector<std::uint32_t> labels = labels_of(examples, texts);
  LinearWeights bayes = complement_bayes(vectors, labels, label_count, vocabulary);
  LinearWeights support = support_vectors(vectors, labels, label_count, vocabulary.hashes.size());
  return {.vocabulary = std::move(vocabulary),
          .bayes = std::move(bayes),
          .support = std::move(support)};
}

// Every fold has its share of every label, in the order of the texts.
std::vector<std::uint32_t> folds_of(const TopicExamples& examples,
                                    std::span<const std::size_t> texts, std::size_t folds) {
  std::vector<std::size_t> seen(examples.label_names().size(), 0);
  std::vector<std::uint32_t> fold_of_text;
  fold_of_text.reserve(texts.size());
  for (const std::size_t text : texts) {
    const std::uint32_t label = examples.label(text);
    // Labels begin at different folds, or rare ones would all fall into the first.
    fold_of_text.push_back(static_cast<std::uint32_t>((seen[label]++ + label) % folds));
  }
  return fold_of_text;
}

struct Split {
  std::vector<std::size_t> trained, held_out;
};

Split split_at(std::span<const std::size_t> texts, std::span<const std::uint32_t> fold_of_text,
               std::size_t fold) {
  Split split;
  for (std::size_t i = 0; i < texts.size(); ++i)
    (fold_of_text[i] == fold ? split.held_out : split.trained).push_back(texts[i]);
  return split;
}

void add_held_out(const TopicExamples& examples, const Split& split, HeldOutScores& scores) {
  const Trained trained = train_both(examples, split.trained);
  const TopicVectors vectors = vectors_of(examples, split.held_out, trained.vocabulary);
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    scores.add(trained.bayes, trained.support, vectors.of(i), examples.label(split.held_out[i]));
  }
}

// Every so many texts, at most kMixTextsMax.
std::vector<std::size_t> sample(std::span<const std::size_t> texts) {
  const std::size_t step = (texts.size() + kMixTextsMax - 1) / kMixTextsMax;
  std::vector<std::size_t> sampled;
  for (std::size_t i = 0; i < texts.size(); i += step) sampled.push_back(texts[i]);
  return sampled;
}

TopicMix find_mix(const TopicExamples& examples, std::span<const std::size_t> all) {
  const std::vector<std::size_t> texts = sample(all);
  const bool is_crossed = texts.size() <= kCrossedMax;
  const std::size_t folds = is_crossed ? kMixFolds : kHeldOutFolds;
  const std::vector<std::uint32_t> fold_of_text = folds_of(examples, texts, folds);
  HeldOutScores scores(examples.label_names().size());
  for (std::size_t fold = 0; fold < (is_crossed ? folds : 1); ++fold)
    add_held_out(examples, split_at(texts, fold_of_text, fold), scores);
  return scores.best_mix();
}

TopicModel::Parts mixed(const TopicExamples& examples, Trained trained, const TopicMix& mix) {
  const std::span<const std::string> names = examples.label_names();
  TopicModel::Parts parts{.labels = {names.begin(), names.end()},
                          .hashes = std::move(trained.vocabulary.hashes),
                          .rarities = std::move(trained.vocabulary.rarities)};
  for (std::size_t label = 0; label < names.size(); ++label)
    parts.biases.push_back(mix.support * trained.support.biases[label]);
  parts.weights.reserve(parts.hashes.size() * names.size());
  for (std::size_t feature = 0; feature < parts.hashes.size(); ++feature) {
    for (std::size_t label = 0; label < names.size(); ++label) {
      parts.weights.push_back(mix.bayes * trained.bayes.row(feature)[label] +
                              mix.support * trained.support.row(feature)[label]);
    }
  }
  return parts;
}

}  // namespace

TopicTrainer::TopicTrainer() : examples_(kExampleFeaturesMax) {}

Result<void> TopicTrainer::add(std::string_view text, std::string_view label) {
  if (label.empty()) return invalid_input("the label is empty: give each text one");
  if (label.find('\0') != std::string_view::npos)
    return invalid_input("the label holds a zero byte: take it out");
  examples_.add(repaired_utf8(text), repaired_utf8(label));
  if (label_count() > kTopicLabelsMax) {
    return invalid_input(
        fmt::format("more than {} labels: is \"label\" a class and no text?", kTopicLabelsMax));
  }
  return {};
}

Result<void> TopicTrainer::check_trainable() const {
  if (label_count() < 2)
    return invalid_input("training takes texts of at least two labels: add texts of another label");
  return {};
}

std::string TopicTrainer::train_on(std::span<const std::size_t> texts) const {
  const TopicMix mix = find_mix(examples_, texts);
  return TopicModel::write(mixed(examples_, train_both(examples_, texts), mix));
}

Result<std::string> TopicTrainer::train() const {
  TRY(check_trainable());
  std::vector<std::size_t> texts(examples_.size());
  std::iota(texts.begin(), texts.end(), std::size_t{0});
  return train_on(texts);
}

Result<TopicEvaluation> TopicTrainer::cross_validate(std::size_t folds) const {
  TRY(check_trainable());
  if (folds < 2 || folds > kFoldsMax || folds > examples_.size()) {
    return invalid_input(fmt::format("{} folds of {} texts: give from 2 to {}, not more than texts",
                                     folds, examples_.size(), kFoldsMax));
  }
  std::vector<std::size_t> texts(examples_.size());
  std::iota(texts.begin(), texts.end(), std::size_t{0});
  const std::vector<std::uint32_t> fold_of_text = folds_of(examples_, texts, folds);
  TopicEvaluation evaluation;
  std::vector<TopicFeature> features;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    const Split split = split_at(texts, fold_of_text, fold);
    const std::string bytes = train_on(split.trained);
    const TopicModel model = TRY(TopicModel::open(bytes));
    for (const std::size_t text : split.held_out) {
      examples_.features(text, features);
      const std::vector<double> scores = model.probabilities(features);
      const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
      evaluation.add(examples_.label_names()[examples_.label(text)],
                     model.labels()[static_cast<std::size_t>(best)]);
    }
  }
  return evaluation;
}

}  // namespace tidings::analyze
