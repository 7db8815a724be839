#include "analyze/sentiment_shifts.h"

#include <algorithm>
#include <cmath>

namespace tidings::analyze {
namespace {

constexpr std::size_t kQuantityBefore = 5, kQuantityAfter = 4;  // words between it and its verb
constexpr std::size_t kStopped = 4;
constexpr std::size_t kFailed = 3;
constexpr std::size_t kRescued = 6;  // words before it and after it
constexpr std::size_t kLateNegation = 2;

constexpr float kFallen = 0.8F, kFallenPointsMin = 1.2F;
constexpr float kRisen = 1.2F, kRisenPointsMin = 1.5F;
constexpr float kStoppedShare = -0.5F;
constexpr float kRescuedShare = -0.2F;
constexpr float kRescuedPointsMin = 1;  // of a harm that is denied
constexpr float kFailedShare = -0.74F;  // as negators do

float at_least(float valence, float share, float points) {
  return std::copysign(std::max(std::abs(valence) * share, points), valence);
}

void set(ToneToken& token, float valence) {
  token.valence = token.second = valence;
}

// Where the nearest quantity is that `at` says something about; `at` itself if nowhere.
std::size_t quantity_of(std::span<const ToneToken> sentence, std::size_t at) {
  for (std::size_t i = at; i > 0 && at - i < kQuantityBefore && !sentence[i].follows_break; --i)
    if (sentence[i - 1].kind == ToneKind::Quantity) return i - 1;
  const std::size_t end = std::min(sentence.size(), at + kQuantityAfter + 1);
  for (std::size_t i = at + 1; i < end && !sentence[i].follows_break; ++i)
    if (sentence[i].kind == ToneKind::Quantity) return i;
  return at;
}

bool is_thwarted(std::span<const ToneToken> sentence, std::size_t at) {
  if (sentence[at].is_negated) return true;
  const std::span<const ToneToken> before = sentence.subspan(at - std::min(at, kFailed));
  return std::any_of(before.begin(),
                     before.begin() + static_cast<std::ptrdiff_t>(std::min(at, kFailed)),
                     [](const ToneToken& token) { return token.kind == ToneKind::Fail; });
}

void apply_motion(std::span<ToneToken> sentence, std::size_t at) {
  const std::size_t found = quantity_of(sentence, at);
  if (found == at || is_thwarted(sentence, at)) return;
  set(sentence[at], 0);
  sentence[at].is_settled = true;
  ToneToken& quantity = sentence[found];
  if (quantity.is_settled) return;  // once is enough: "falls to its lowest level"
  const bool falls = sentence[at].kind == ToneKind::Fall;
  const auto soften = [](ToneToken& beside) {  // "fewer severe cases"
    if (beside.valence < 0 && beside.kind == ToneKind::Word)
      set(beside, beside.valence * kStoppedShare);
  };
  if (falls && found > 0) soften(sentence[found - 1]);
  if (falls && found + 1 < sentence.size()) soften(sentence[found + 1]);
  set(quantity, falls ? -at_least(quantity.valence, kFallen, kFallenPointsMin)
                      : at_least(quantity.valence, kRisen, kRisenPointsMin));
  quantity.is_settled = true;
}

void apply_stopper(std::span<ToneToken> sentence, std::size_t at) {
  if (is_thwarted(sentence, at)) return;
  const std::size_t end = std::min(sentence.size(), at + kStopped + 1);
  for (std::size_t i = at + 1; i < end && !sentence[i].follows_break; ++i) {
    if (sentence[i].valence >= 0 || sentence[i].is_negated) continue;
    set(sentence[i], sentence[i].valence * kStoppedShare);
    set(sentence[at], std::max(sentence[at].valence, 0.0F));
  }
}

void apply_relief(std::span<ToneToken> sentence, std::size_t at) {
  const auto relieve = [&sentence](std::size_t i) {
    if (sentence[i].valence < 0 && !sentence[i].is_negated)
      set(sentence[i], sentence[i].valence * kRescuedShare);
  };
  for (std::size_t i = at; i > 0 && at - i < kRescued && !sentence[i].follows_break; --i)
    relieve(i - 1);
  const std::size_t end = std::min(sentence.size(), at + kRescued + 1);
  for (std::size_t i = at + 1; i < end && !sentence[i].follows_break; ++i) relieve(i);
}

void apply_rescue(std::span<ToneToken> sentence, std::size_t at) {
  if (!is_thwarted(sentence, at)) apply_relief(sentence, at);
}

void apply_failure(std::span<ToneToken> sentence, std::size_t at) {
  const std::size_t end = std::min(sentence.size(), at + kFailed + 1);
  for (std::size_t i = at + 1; i < end && !sentence[i].follows_break; ++i) {
    if (sentence[i].valence <= 0 || sentence[i].is_negated) continue;
    set(sentence[i], sentence[i].valence * kFailedShare);
    sentence[i].is_negated = true;
  }
}

}  // namespace

void apply_shifts(std::span<ToneToken> sentence) {
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    switch (sentence[at].kind) {
      case ToneKind::Fall:
      case ToneKind::Rise:
        apply_motion(sentence, at);
        break;
      case ToneKind::Stopper:
        apply_stopper(sentence, at);
        break;
      case ToneKind::Rescue:
        apply_rescue(sentence, at);
        break;
      case ToneKind::Fail:
        apply_failure(sentence, at);
        break;
      default:
        // "No one was hurt in the fire."
        if (sentence[at].is_negated && sentence[at].valence > kRescuedPointsMin)
          apply_relief(sentence, at);
        break;
    }
  }
}

void apply_late_negators(std::span<ToneToken> sentence, const float* boosts) {
  for (std::size_t at = 1; at < sentence.size(); ++at) {
    if (sentence[at].kind != ToneKind::Negator || boosts[at] <= 0) continue;
    if (sentence[at].follows_break) continue;
    for (std::size_t back = 1; back <= std::min(at, kLateNegation); ++back) {
      ToneToken& verb = sentence[at - back];
      if (verb.valence == 0 || verb.is_negated || verb.letters != text::Letters::Lower) continue;
      set(verb, verb.valence * kFailedShare);
      verb.is_negated = true;
      if (verb.follows_break) break;
    }
  }
}

}  // namespace tidings::analyze
