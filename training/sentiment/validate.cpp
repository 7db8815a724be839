// Measures the layers of sentiment on what they were not trained on, in ten folds:
// tidings_validate_sentiment DATA_FOLDER prints one JSON object.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

#include "layers.h"

namespace tidings::training {
namespace {

constexpr std::uint32_t kFolds = 10;

double pearson(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size());
  double sum_a = 0, sum_b = 0, sum_aa = 0, sum_bb = 0, sum_ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum_a += a[i];
    sum_b += b[i];
    sum_aa += a[i] * a[i];
    sum_bb += b[i] * b[i];
    sum_ab += a[i] * b[i];
  }
  return (n * sum_ab - sum_a * sum_b) /
         std::sqrt((n * sum_aa - sum_a * sum_a) * (n * sum_bb - sum_b * sum_b));
}

using IsHeldOut = std::function<bool(const ToneExample&)>;

// Predictions for what is held out by a layer trained on the rest.
void predict(const std::vector<ToneExample>& examples, const IsHeldOut& is_held_out,
             const IsHeldOut& is_asked, bool with_hashed, std::vector<double>& predictions) {
  std::vector<const ToneExample*> rest;
  for (const ToneExample& example : examples)
    if (!is_held_out(example)) rest.push_back(&example);
  const ToneLayer layer = train_tone(rest, kToneSchedule, with_hashed);
  for (std::size_t i = 0; i < examples.size(); ++i)
    if (is_held_out(examples[i]) && is_asked(examples[i]))
      predictions[i] = tone_of(layer, examples[i].features);
}

void print_correlation(const std::vector<ToneExample>& examples,
                       const std::vector<double>& predictions, std::uint32_t set,
                       const char* name) {
  std::vector<double> given, rated;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (examples[i].set != set) continue;
    given.push_back(predictions[i]);
    rated.push_back(examples[i].rating);
  }
  const std::string label = set < kRatedSets.size() ? std::string(kRatedSets[set]) : "news";
  std::printf("\"%s_%s\":%.4f,", label.c_str(), name, pearson(given, rated));
  std::fflush(stdout);
}

void validate_tone(const std::vector<ToneExample>& examples) {
  const auto always = [](const ToneExample&) { return true; };
  for (const bool with_hashed : {true, false}) {
    std::vector<double> predictions(examples.size());
    for (std::uint32_t fold = 0; fold < kFolds; ++fold)
      predict(
          examples, [fold](const ToneExample& example) { return example.group % kFolds == fold; },
          always, with_hashed, predictions);
    for (std::uint32_t set = 0; set <= kNewsSet; ++set)
      print_correlation(examples, predictions, set, with_hashed ? "folds" : "sums_alone");
  }
  std::vector<double> predictions(examples.size());
  for (std::uint32_t set = 0; set <= kNewsSet; ++set) {
    predict(
        examples, [set](const ToneExample& example) { return example.set == set; }, always, true,
        predictions);
    print_correlation(examples, predictions, set, "from_other_sets");
  }
}

double macro_f1(const std::vector<TargetExample>& examples, const std::vector<std::size_t>& given) {
  double sum = 0;
  for (std::size_t c = 0; c < analyze::kTargetClasses; ++c) {
    double hit = 0, wrong = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      hit += given[i] == c && examples[i].polarity == c ? 1 : 0;
      wrong += (given[i] == c) != (examples[i].polarity == c) ? 1 : 0;
    }
    sum += 2 * hit / (2 * hit + wrong);
  }
  return sum / analyze::kTargetClasses;
}

void validate_targets(const std::vector<TargetExample>& examples) {
  for (const bool with_hashed : {true, false}) {
    std::vector<std::size_t> given(examples.size());
    for (std::uint32_t fold = 0; fold < kFolds; ++fold) {
      std::vector<const TargetExample*> rest;
      for (const TargetExample& example : examples)
        if (example.group % kFolds != fold) rest.push_back(&example);
      const TargetLayer layer = train_targets(rest, kTargetSchedule, with_hashed);
      for (std::size_t i = 0; i < examples.size(); ++i) {
        if (examples[i].group % kFolds != fold) continue;
        const Classes scores = target_of(layer, examples[i].features);
        given[i] = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) -
                                            scores.begin());
      }
    }
    std::printf("\"target_%s\":%.4f%s", with_hashed ? "folds" : "sums_alone",
                macro_f1(examples, given), with_hashed ? "," : "");
  }
}

Result<void> validate(const std::filesystem::path& folder) {
  std::vector<ToneExample> tones;
  for (std::uint32_t set = 0; set < kRatedSets.size(); ++set)
    for (ToneExample& example : TRY(read_rated(folder, set))) tones.push_back(std::move(example));
  NewsExamples news = TRY(read_news(folder));
  for (ToneExample& example : news.sentences) tones.push_back(std::move(example));
  std::printf("{");
  validate_tone(tones);
  validate_targets(news.targets);
  std::printf("}\n");
  return {};
}

}  // namespace
}  // namespace tidings::training

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: tidings_validate_sentiment DATA_FOLDER\n", stderr);
    return 2;
  }
  const auto done = tidings::training::validate(argv[1]);
  if (!done) std::fprintf(stderr, "tidings_validate_sentiment: %s\n", done.error().message.c_str());
  return done ? 0 : 1;
}
