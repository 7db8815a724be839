#include "model_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

#include "analyze/language.h"
#include "analyze/language_model.h"

namespace tidings::training::language {
namespace {

using namespace analyze::language_file;
using analyze::kScripts;

struct Calibration {
  std::array<float, kLengths> temperatures;
  std::array<float, kLengths> slopes;
};

constexpr float kWeightScale = 24;  // steps of 1/24: what is beyond 127 steps decides alone anyway

template <class Number>
void append(std::string& bytes, Number number) {
  std::array<char, sizeof(Number)> raw;
  std::memcpy(raw.data(), &number, sizeof number);
  bytes.append(raw.data(), raw.size());
}

std::string head(const Calibration& calibration, std::size_t buckets) {
  std::string bytes(kMagic);
  append(bytes, static_cast<std::uint32_t>(buckets));
  append(bytes, static_cast<std::uint32_t>(languages().size()));
  for (const float temperature : calibration.temperatures) append(bytes, temperature);
  for (const float slope : calibration.slopes) append(bytes, slope);
  std::array<char, kScripts> next{};
  for (const Language& language : languages()) {
    std::string entry(language.code);
    entry.resize(kCodeBytes);
    entry += static_cast<char>(language.prior);
    entry += static_cast<char>(language.script);
    entry += next[static_cast<std::size_t>(language.script)]++;
    bytes += entry;
  }
  bytes.resize(buckets_begin(languages().size()));
  return bytes;
}

std::string buckets_of(std::vector<std::vector<Weight>>& weights_by_script, std::size_t count) {
  std::string bytes(count * kBucketBytes, '\0');
  std::vector<Weight> all;
  for (auto& weights : weights_by_script) {
    all.insert(all.end(), weights.begin(), weights.end());
    weights = {};
  }
  std::erase_if(all,
                [](const Weight& weight) { return std::lround(weight.value * kWeightScale) == 0; });
  std::ranges::sort(all, [](const Weight& left, const Weight& right) {
    return std::tuple(-left.importance, left.feature, left.place) <
           std::tuple(-right.importance, right.feature, right.place);
  });
  for (const Weight& weight : all) {
    char* bucket = bytes.data() + kBucketBytes * (weight.feature & (count - 1));
    char& used = bucket[kBucketBytes - 1];
    if (used == static_cast<char>(kBucketSlots)) continue;
    const auto key = static_cast<std::uint16_t>(key_of(weight.feature, weight.place));
    std::memcpy(bucket + 2 * used, &key, sizeof key);
    const auto steps = std::clamp<long>(std::lround(weight.value * kWeightScale), -127, 127);
    bucket[2 * kBucketSlots + static_cast<std::size_t>(used++)] = static_cast<char>(steps);
  }
  return bytes;
}

struct Outcome {
  std::size_t length_class;
  double confidence;
  bool right;
};

double loss(const std::vector<Outcome>& outcomes, std::size_t length_class, double slope) {
  double sum = 0;
  for (const Outcome& outcome : outcomes) {
    if (outcome.length_class != length_class) continue;
    const double odds = outcome.confidence / std::max(1 - outcome.confidence, 1e-9);
    const double confidence = std::clamp(1 - 1 / (1 + std::pow(odds, slope)), 1e-3, 1 - 1e-3);
    sum -= std::log(outcome.right ? confidence : 1 - confidence);
  }
  return sum;
}

std::vector<Outcome> outcomes_of(const std::string& bytes, const Corpus& corpus) {
  const auto model = analyze::LanguageModel::open(bytes);
  std::vector<Outcome> outcomes;
  for (const Corpus::Line& line : corpus.kept_aside) {
    std::size_t letters = 0;
    analyze::LetterRuns runs(line.text);
    for (analyze::LetterRun run; runs.next(run);) letters += run.size;
    const LanguageGuess guess = analyze::likeliest_language(*model, line.text);
    outcomes.push_back(
        {length_class(letters), guess.confidence, guess.code == languages()[line.language].code});
  }
  return outcomes;
}

// Of each length the temperature and the slope under which the lines kept aside are the likeliest
// to come out as they do.
Calibration fitted(const std::string& buckets, std::size_t count, const Corpus& corpus) {
  Calibration best{};
  std::array<double, kLengths> losses;
  losses.fill(1e300);
  for (float temperature = 0.05F; temperature < 2.05F; temperature *= 1.12F) {
    Calibration tried;
    tried.temperatures.fill(temperature / kWeightScale);
    tried.slopes.fill(1);
    const auto outcomes = outcomes_of(head(tried, count) + buckets, corpus);
    for (std::size_t length = 0; length < kLengths; ++length) {
      for (float slope = 0.4F; slope < 1.45F; slope += 0.1F) {
        const double now = loss(outcomes, length, slope);
        if (now >= losses[length]) continue;
        losses[length] = now;
        best.temperatures[length] = tried.temperatures[length];
        best.slopes[length] = slope;
      }
    }
  }
  return best;
}

}  // namespace

std::string write_model(std::vector<std::vector<Weight>> weights_by_script, const Corpus& corpus,
                        const WriterSettings& settings) {
  const std::string buckets = buckets_of(weights_by_script, settings.buckets);
  return head(fitted(buckets, settings.buckets, corpus), settings.buckets) + buckets;
}

}  // namespace tidings::training::language
