#include "analyze/sentiment.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "analyze/evidence.h"
#include "analyze/sentiment_features.h"
#include "analyze/sentiment_model.h"

namespace tidings::analyze {
namespace {

constexpr double kNeutralBelow = 0.1;  // on the raters' scale 0.4 of 4 points: "hardly anything"
constexpr double kEvidenceWeightMin = 0.01;
constexpr std::uint32_t kEvidenceBytesMin = 4;  // "and" has a weight, but explains nothing
constexpr std::uint32_t kHeadlineWordsShare =
    4;  // a headline weighs as much as a quarter of its text
constexpr float kHeadlineWeightMax = 8;

Tone label_of(double score) {
  if (std::abs(score) < kNeutralBelow) return Tone::Neutral;
  return score > 0 ? Tone::Positive : Tone::Negative;
}

std::size_t headline_end(const ToneTokens& tokens, std::uint32_t title_end) {
  const auto end =
      std::partition_point(tokens.tokens.begin(), tokens.tokens.end(),
                           [title_end](const ToneToken& token) { return token.begin < title_end; });
  return static_cast<std::size_t>(end - tokens.tokens.begin());
}

// An article is judged by its headline more than by any other line.
void weigh_headline(ToneTokens& tokens, std::size_t headline) {
  if (headline == 0 || headline == tokens.tokens.size()) return;
  const auto text = static_cast<float>(tokens.tokens.size() - headline);
  const float weight = std::clamp(text / kHeadlineWordsShare / static_cast<float>(headline), 1.0F,
                                  kHeadlineWeightMax);
  for (std::size_t i = 0; i < headline; ++i) tokens.tokens[i].weight *= weight;
}

struct Moved {
  std::uint32_t token = 0;
  double weight = 0;
};

// What each of the tokens before `end` adds to the score that `features` give, joined by word:
// "good" three times is one evidence.
std::vector<Moved> contributions(const ToneTokens& tokens, std::size_t end,
                                 const ToneFeatures& features, bool is_trained, double score) {
  const double slope = 1 - score * score;  // of the hyperbolic tangent there
  const SentimentModel& model = SentimentModel::shipped();
  const SentimentWeights& weights = model.weights();
  std::vector<Moved> moved(end);
  for (std::uint32_t i = 0; i < moved.size(); ++i) {
    const ToneToken& token = tokens.tokens[i];
    moved[i].token = i;
    if (token.valence == 0 && token.second == 0) continue;
    moved[i].weight = tone_points(features, is_trained ? weights.tone : weights.plain_tone, token);
  }
  for (const HashedFeature& feature : features.hashed)
    moved[feature.token].weight += model.tone_weight(feature.hash) * feature.value;
  for (Moved& one : moved) one.weight *= slope;
  std::erase_if(moved, [](const Moved& one) { return one.weight == 0; });
  std::sort(moved.begin(), moved.end(), [&tokens](const Moved& a, const Moved& b) {
    const std::uint32_t first = tokens.tokens[a.token].key, second = tokens.tokens[b.token].key;
    return first != second ? first < second : a.token < b.token;
  });
  std::size_t kept = 0;
  for (const Moved& one : moved) {
    if (kept > 0 && tokens.tokens[moved[kept - 1].token].key == tokens.tokens[one.token].key)
      moved[kept - 1].weight += one.weight;
    else
      moved[kept++] = one;
  }
  moved.resize(kept);
  return moved;
}

std::vector<Evidence> evidence_of(const Document& document, const ToneTokens& tokens,
                                  std::vector<Moved> moved) {
  std::erase_if(moved, [&tokens](const Moved& one) {
    const ToneToken& token = tokens.tokens[one.token];
    const bool is_small_word = token.valence == 0 && token.end - token.begin < kEvidenceBytesMin;
    return is_small_word || std::abs(one.weight) < kEvidenceWeightMin;
  });
  const std::size_t count = std::min(moved.size(), kEvidenceMax);
  std::partial_sort(moved.begin(), moved.begin() + static_cast<std::ptrdiff_t>(count), moved.end(),
                    [](const Moved& a, const Moved& b) {
                      const double first = std::abs(a.weight), second = std::abs(b.weight);
                      return first != second ? first > second : a.token < b.token;
                    });
  std::vector<Evidence> evidence;
  for (std::size_t i = 0; i < count; ++i) {
    const ToneToken& token = tokens.tokens[moved[i].token];
    evidence.push_back(
        {.text = std::string(document.segments.text().substr(token.begin, token.end - token.begin)),
         .weight = std::round(moved[i].weight * 1000) / 1000});
  }
  return evidence;
}

}  // namespace

bool knows_sentiment_of(std::string_view language) {
  return std::find(kSentimentLanguages.begin(), kSentimentLanguages.end(), language) !=
         kSentimentLanguages.end();
}

std::optional<Sentiment> sentiment(const Document& document) {
  if (!knows_sentiment_of(document.language)) return std::nullopt;
  return sentiment(document, tone_tokens(document, SentimentLexicon::shipped()));
}

std::optional<Sentiment> sentiment(const Document& document, ToneTokens tokens, Explain explain) {
  if (!knows_sentiment_of(document.language)) return std::nullopt;
  const bool is_trained = document.language == kTrainedLanguage;
  const SentimentModel& model = SentimentModel::shipped();
  if (tokens.tokens.empty()) return std::nullopt;
  Sentiment found;
  const std::size_t headline = headline_end(tokens, document.title_end), all = tokens.tokens.size();
  const auto evidence = [&](std::size_t end, const ToneFeatures& features, double score) {
    return evidence_of(document, tokens, contributions(tokens, end, features, is_trained, score));
  };
  if (headline > 0) {
    const ToneFeatures features = tone_features(tokens, 0, headline, is_trained);
    found.headline_score = model.tone(features, is_trained);
    if (explain == Explain::Yes)
      found.headline_evidence = evidence(headline, features, *found.headline_score);
  }
  weigh_headline(tokens, headline);
  const ToneFeatures features = tone_features(tokens, 0, all, is_trained);
  found.score = model.tone(features, is_trained);
  found.label = label_of(found.score);
  found.evidence = evidence(all, features, found.score);
  return found;
}

}  // namespace tidings::analyze
