#include "analyze/target_sentiment.h"

#include <algorithm>

#include "analyze/sentiment.h"
#include "analyze/sentiment_features.h"
#include "analyze/sentiment_model.h"

namespace tidings::analyze {
namespace {

Tone label_of(const std::array<float, kTargetClasses>& probabilities) {
  const auto likeliest = std::max_element(probabilities.begin(), probabilities.end());
  return static_cast<Tone>(likeliest - probabilities.begin() - 1);
}

}  // namespace

std::vector<TargetSentiment> sentiment_toward(const Document& document,
                                              std::span<const TextSpan> targets) {
  if (targets.empty() || !knows_sentiment_of(document.language)) return {};
  return sentiment_toward(document, tone_tokens(document, SentimentLexicon::shipped()), targets);
}

std::vector<TargetSentiment> sentiment_toward(const Document& document, const ToneTokens& tokens,
                                              std::span<const TextSpan> targets) {
  if (!knows_sentiment_of(document.language)) return {};
  const bool is_trained = document.language == kTrainedLanguage;
  std::vector<TargetSentiment> sentiments;
  sentiments.reserve(targets.size());
  for (const TextSpan& span : targets) {
    const std::optional<TargetFeatures> features = target_features(tokens, span, is_trained);
    TargetSentiment& toward = sentiments.emplace_back(TargetSentiment{.span = span});
    if (!features) continue;
    const auto probabilities = SentimentModel::shipped().target(*features, is_trained);
    toward.score = probabilities[2] - probabilities[0];
    toward.label = label_of(probabilities);
  }
  return sentiments;
}

}  // namespace tidings::analyze
