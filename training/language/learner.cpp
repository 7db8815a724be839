#include "learner.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <random>
#include <span>
#include <unordered_map>

#include "analyze/language_features.h"

namespace tidings::training::language {
namespace {

using analyze::Script;
using Features = std::vector<std::uint32_t>;  // rows

// The rows of the features that enough words have.
class Vocabulary {
 public:
  Vocabulary(const Corpus& corpus, std::span<const std::size_t> chosen, std::uint32_t seen_min) {
    std::unordered_map<std::uint32_t, std::uint32_t> seen;
    const auto count = [&](const LetterRun& run) {
      analyze::for_each_feature(run, [&](std::uint32_t feature) { ++seen[feature]; });
    };
    for (const std::size_t language : chosen) {
      for (const auto& sentence : corpus.texts[language].sentences)
        std::ranges::for_each(sentence, count);
      for (const auto& sentence : corpus.texts[language].contrasts)
        std::ranges::for_each(sentence, count);
      std::ranges::for_each(corpus.texts[language].words, count);
    }
    for (const auto& [feature, times] : seen) {
      if (times >= seen_min) features_.push_back(feature);
    }
    std::ranges::sort(features_);
    slots_.resize(std::bit_ceil(2 * features_.size() + 2), kEmpty);
    for (std::size_t row = 0; row < features_.size(); ++row)
      slots_[slot_of(features_[row])] = static_cast<std::uint32_t>(row);
  }

  std::size_t size() const { return features_.size(); }
  std::uint32_t feature(std::size_t row) const { return features_[row]; }
  void add(const LetterRun& run, Features& rows) const {
    analyze::for_each_feature(run, [&](std::uint32_t feature) {
      if (const std::uint32_t row = slots_[slot_of(feature)]; row != kEmpty) rows.push_back(row);
    });
  }

 private:
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFFU;

  // Where the feature's row stands, or would.
  std::size_t slot_of(std::uint32_t feature) const {
    std::size_t slot = feature & (slots_.size() - 1);
    while (slots_[slot] != kEmpty && features_[slots_[slot]] != feature)
      slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }

  std::vector<std::uint32_t> features_;
  std::vector<std::uint32_t> slots_;  // rows, by the features' low bits and then linearly
};

// Short texts as they come: words alone, pairs, and parts of sentences.
class Examples {
 public:
  Examples(const Corpus& corpus, std::span<const std::size_t> chosen, const Vocabulary& vocabulary)
      : corpus_(corpus), chosen_(chosen), vocabulary_(vocabulary) {}

  void draw(std::size_t place, Features& rows) {
    constexpr double kSingle = 0.55;
    constexpr double kPair = 0.8;
    constexpr double kContrasts = 0.25;  // of the examples, where there are any
    constexpr std::size_t kPartMax = 12;
    rows.clear();
    const Text& text = corpus_.texts[chosen_[place]];
    const double kind = fraction();
    if (!text.contrasts.empty() && fraction() < kContrasts) {
      add_part(text.contrasts,
               kind < kSingle ? 1
               : kind < kPair ? 2
                              : 3 + below(kPartMax - 2),
               rows);
      return;
    }
    const bool from_list = !text.words.empty() && fraction() < 0.5;
    if (kind < kPair && from_list) {
      vocabulary_.add(text.words[below(text.words.size())], rows);
      if (kind >= kSingle) vocabulary_.add(text.words[below(text.words.size())], rows);
      return;
    }
    add_part(text.sentences, kind < kSingle ? 1 : kind < kPair ? 2 : 3 + below(kPartMax - 2), rows);
  }

 private:
  using Sentences = std::vector<std::vector<LetterRun>>;

  void add_part(const Sentences& sentences, std::size_t words, Features& rows) {
    const auto& sentence = sentences[below(sentences.size())];
    const std::size_t begin = sentence.size() > words ? below(sentence.size() - words + 1) : 0;
    for (std::size_t at = begin; at < sentence.size() && at < begin + words; ++at)
      vocabulary_.add(sentence[at], rows);
  }

  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
  double fraction() { return static_cast<double>(random_() >> 11U) * 0x1p-53; }

  const Corpus& corpus_;
  std::span<const std::size_t> chosen_;
  const Vocabulary& vocabulary_;
  std::mt19937_64 random_{20260101};
};

// Stochastic gradient descent with one AdaGrad rate a row (Duchi et al. 2011).
class Regression {
 public:
  Regression(std::size_t rows, std::size_t classes, const LearnerSettings& settings)
      : classes_(classes),
        settings_(settings),
        weights_(rows * classes),
        squares_(rows, 1e-2F),
        uses_(rows),
        scores_(classes) {}

  void learn(const Features& rows, std::size_t truth) {
    score(rows);
    for (std::size_t place = 0; place < classes_; ++place)
      scores_[place] -= place == truth ? 1.0F : 0.0F;
    float square = 0;
    for (const float gradient : scores_) square += gradient * gradient;
    for (const std::uint32_t row : rows) step(row, square);
  }

  // The most important so many stay; the others are 0 from now on.
  void keep(std::size_t count) {
    std::vector<float> importances;
    for (std::size_t at = 0; at < weights_.size(); ++at) importances.push_back(importance(at));
    if (importances.size() > count) {
      const auto least = importances.begin() + static_cast<std::ptrdiff_t>(count);
      std::ranges::nth_element(importances, least, std::greater<>());
      for (std::size_t at = 0; at < weights_.size(); ++at) {
        if (importance(at) <= *least) weights_[at] = 0;
      }
    }
    only_kept_ = true;
  }

  std::vector<Weight> weights(const Vocabulary& vocabulary) const {
    std::vector<Weight> found;
    for (std::size_t row = 0; row < vocabulary.size(); ++row) {
      for (std::size_t place = 0; place < classes_; ++place) {
        const float value = weights_[row * classes_ + place];
        if (value == 0) continue;
        found.push_back({vocabulary.feature(row), static_cast<std::uint32_t>(place), value,
                         importance(row * classes_ + place)});
      }
    }
    return found;
  }

 private:
  float importance(std::size_t at) const {
    return std::abs(weights_[at]) * std::sqrt(static_cast<float>(uses_[at / classes_]));
  }

  // The rows lie all over a gigabyte: waiting for them is most of the time.
  static constexpr std::size_t kRowsAhead = 6;
  void prefetch(std::uint32_t row) const {
    constexpr std::size_t kFloatsOfLine = 16;
    for (std::size_t place = 0; place < classes_; place += kFloatsOfLine)
      __builtin_prefetch(&weights_[row * classes_ + place], 1);
  }

  // Scores become probabilities.
  void score(const Features& rows) {
    std::ranges::fill(scores_, 0.0F);
    for (std::size_t at = 0; at < rows.size(); ++at) {
      if (at + kRowsAhead < rows.size()) prefetch(rows[at + kRowsAhead]);
      const float* weights = &weights_[rows[at] * classes_];
      for (std::size_t place = 0; place < classes_; ++place) scores_[place] += weights[place];
    }
    const float best = *std::ranges::max_element(scores_);
    float sum = 0;
    for (float& value : scores_) sum += value = std::exp(value - best);
    for (float& value : scores_) value /= sum;
  }

  void step(std::uint32_t row, float square) {
    ++uses_[row];
    squares_[row] += square;
    const float rate = settings_.rate / std::sqrt(squares_[row]) / 4;
    float* weights = &weights_[row * classes_];
    const float kept = 1 - settings_.decay / rate;
    for (std::size_t place = 0; place < classes_; ++place) {
      if (!only_kept_ || weights[place] != 0)
        weights[place] = weights[place] * kept - rate * scores_[place];
    }
  }

  std::size_t classes_;
  LearnerSettings settings_;
  bool only_kept_ = false;
  std::vector<float> weights_;
  std::vector<float> squares_;
  std::vector<std::uint32_t> uses_;
  std::vector<float> scores_;
};

}  // namespace

std::vector<Weight> learn(const Corpus& corpus, Script script, const LearnerSettings& settings) {
  std::vector<std::size_t> chosen;
  for (std::size_t language = 0; language < languages().size(); ++language) {
    if (languages()[language].script == script) chosen.push_back(language);
  }
  if (chosen.size() < 2) return {};
  const Vocabulary vocabulary(corpus, chosen, settings.seen_min);
  Examples examples(corpus, chosen, vocabulary);
  Regression regression(vocabulary.size(), chosen.size(), settings);
  Features rows;
  const auto run_epochs = [&](std::size_t epochs) {
    for (std::size_t example = 0; example < epochs * settings.examples_per_language; ++example) {
      for (std::size_t place = 0; place < chosen.size(); ++place) {
        examples.draw(place, rows);
        regression.learn(rows, place);
      }
    }
  };
  run_epochs(settings.epochs);
  regression.keep(settings.weights_kept_per_language * chosen.size());
  run_epochs(settings.epochs_of_kept);
  return regression.weights(vocabulary);
}

}  // namespace tidings::training::language
