// Writes data/models/sentiment.bin: tidings_train_sentiment DATA_FOLDER OUTPUT_FILE.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include "layers.h"
#include "run_trainer.h"

namespace tidings::training {
namespace {

std::int8_t quantized(float weight, float step) {
  return static_cast<std::int8_t>(std::clamp(std::lround(weight / step), -127L, 127L));
}

float largest(float most, float weight) {
  return std::max(most, std::abs(weight));
}

struct Trained {
  analyze::SentimentWeights weights;
  std::vector<std::int8_t> tone;
  std::vector<std::array<std::int8_t, analyze::kTargetClasses>> target;
};

void train_tones(const std::vector<ToneExample>& examples, Trained& trained) {
  std::vector<const ToneExample*> all;
  for (const ToneExample& example : examples) all.push_back(&example);
  const ToneLayer layer = train_tone(all, kToneSchedule, true);
  trained.weights.tone = layer.dense;
  trained.weights.plain_tone = train_tone(all, kToneSchedule, false).dense;
  float most = 1e-6F;
  for (const float weight : layer.hashed) most = largest(most, weight);
  trained.weights.tone_step = most / 127;
  for (const float weight : layer.hashed)
    trained.tone.push_back(quantized(weight, trained.weights.tone_step));
}

void train_target_layers(const std::vector<TargetExample>& examples, Trained& trained) {
  std::vector<const TargetExample*> all;
  for (const TargetExample& example : examples) all.push_back(&example);
  const TargetLayer layer = train_targets(all, kTargetSchedule, true);
  trained.weights.target = layer.dense;
  trained.weights.plain_target = train_targets(all, kTargetSchedule, false).dense;
  float most = 1e-6F;
  for (const Classes& weights : layer.hashed)
    for (const float weight : weights) most = largest(most, weight);
  trained.weights.target_step = most / 127;
  for (const Classes& weights : layer.hashed) {
    auto& bytes = trained.target.emplace_back();
    for (std::size_t c = 0; c < bytes.size(); ++c)
      bytes[c] = quantized(weights[c], trained.weights.target_step);
  }
}

Result<Trained> trained_from(const std::filesystem::path& folder) {
  std::vector<ToneExample> tones;
  for (std::uint32_t set = 0; set < kRatedSets.size(); ++set)
    for (ToneExample& example : TRY(read_rated(folder, set))) tones.push_back(std::move(example));
  NewsExamples news = TRY(read_news(folder));
  for (ToneExample& example : news.sentences) tones.push_back(std::move(example));
  Trained trained;
  train_tones(tones, trained);
  train_target_layers(news.targets, trained);
  return trained;
}

Result<std::string> model_bytes(const std::filesystem::path& folder) {
  const Trained trained = TRY(trained_from(folder));
  return analyze::sentiment_model_bytes(trained.weights, trained.tone, trained.target);
}

}  // namespace
}  // namespace tidings::training

int main(int count, char** arguments) {
  using namespace tidings::training;
  return run_trainer("tidings_train_sentiment", count, arguments, model_bytes);
}
