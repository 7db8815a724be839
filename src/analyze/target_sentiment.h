// The sentiment of a text toward what it mentions.
#pragma once

#include <span>
#include <vector>

#include "analyze/document.h"
#include "analyze/sentiment_tokens.h"
#include "model/analysis.h"

namespace tidings::analyze {

// One result a target, in that order: what the sentence around the span says about it. A span that
// covers no word, or lies beyond the first 100,000 words, is neutral, with a score of 0. Empty in
// languages of which no sentiment is known (sentiment.h). The cost is linear in the document, once,
// and bounded for each target; safe to call from many threads.
std::vector<TargetSentiment> sentiment_toward(const Document& document,
                                              std::span<const TextSpan> targets);

// The same in what `tone_tokens` made of the document. Explained, each has the words as evidence
// without which its score would be another.
std::vector<TargetSentiment> sentiment_toward(const Document& document, const ToneTokens& tokens,
                                              std::span<const TextSpan> targets,
                                              Explain explain = Explain::No);

}  // namespace tidings::analyze
