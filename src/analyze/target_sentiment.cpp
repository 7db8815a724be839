#include "analyze/target_sentiment.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "analyze/evidence.h"
#include "analyze/sentiment.h"
#include "analyze/sentiment_features.h"
#include "analyze/sentiment_model.h"

namespace tidings::analyze {
namespace {

Tone label_of(const std::array<float, kTargetClasses>& probabilities) {
  const auto likeliest = std::max_element(probabilities.begin(), probabilities.end());
  return static_cast<Tone>(likeliest - probabilities.begin() - 1);
}

double score_of(const std::array<float, kTargetClasses>& probabilities) {
  return probabilities[2] - probabilities[0];
}

// What the score would lose without one token or another, each tried alone.
class Occlusion {
 public:
  Occlusion(const Document& document, const ToneTokens& tokens)
      : text_(document.segments.text()),
        is_trained_(document.language == kTrainedLanguage),
        tokens_(tokens) {}

  std::vector<Evidence> evidence(const TargetSentiment& toward) {
    auto& all = tokens_.tokens;
    const auto ends_before = [&](const ToneToken& token) { return token.end <= toward.span.begin; };
    const auto target = static_cast<std::size_t>(
        std::partition_point(all.begin(), all.end(), ends_before) - all.begin());
    std::vector<Evidence> noted;
    for (std::size_t at = target - std::min(target, kReach);
         at < std::min(all.size(), target + kReach); ++at) {
      const std::string_view word = text_.substr(all[at].begin, all[at].end - all[at].begin);
      noted.push_back(
          {.text = std::string(word), .weight = toward.score - without(at, toward.span)});
    }
    return strongest(noted);
  }

 private:
  static constexpr std::size_t kReach = 32;  // further words have no weight

  double without(std::size_t token, TextSpan span) {
    const ToneToken whole = tokens_.tokens[token];
    tokens_.tokens[token].valence = tokens_.tokens[token].second = 0;
    std::optional<TargetFeatures> features = target_features(tokens_, span, is_trained_);
    tokens_.tokens[token] = whole;
    if (!features) return 0;
    std::erase_if(features->hashed,
                  [&](const HashedFeature& feature) { return feature.token == token; });
    return score_of(SentimentModel::shipped().target(*features, is_trained_));
  }

  std::string_view text_;
  bool is_trained_;
  ToneTokens tokens_;
};

}  // namespace

std::vector<TargetSentiment> sentiment_toward(const Document& document,
                                              std::span<const TextSpan> targets) {
  if (targets.empty() || !knows_sentiment_of(document.language)) return {};
  return sentiment_toward(document, tone_tokens(document, SentimentLexicon::shipped()), targets);
}

std::vector<TargetSentiment> sentiment_toward(const Document& document, const ToneTokens& tokens,
                                              std::span<const TextSpan> targets, Explain explain) {
  if (!knows_sentiment_of(document.language)) return {};
  const bool is_trained = document.language == kTrainedLanguage;
  std::vector<TargetSentiment> sentiments;
  sentiments.reserve(targets.size());
  for (const TextSpan& span : targets) {
    const std::optional<TargetFeatures> features = target_features(tokens, span, is_trained);
    TargetSentiment& toward = sentiments.emplace_back(TargetSentiment{.span = span});
    if (!features) continue;
    const auto probabilities = SentimentModel::shipped().target(*features, is_trained);
    toward.score = score_of(probabilities);
    toward.label = label_of(probabilities);
    if (explain == Explain::Yes) toward.evidence = Occlusion(document, tokens).evidence(toward);
  }
  return sentiments;
}

}  // namespace tidings::analyze
