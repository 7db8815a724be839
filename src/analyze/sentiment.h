// The tone of an article: how glad or grim its words are, in the judgment of those who read it, not
// what happened to whom.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "analyze/document.h"
#include "analyze/sentiment_tokens.h"
#include "model/analysis.h"

namespace tidings::analyze {

// Of these a tone is known; floors that the tests hold are why.
constexpr std::array<std::string_view, 7> kSentimentLanguages = {"en", "de", "es", "fr",
                                                                 "it", "nl", "pt"};
bool knows_sentiment_of(std::string_view language);

// The tone of the document and of its headline, from a lexicon with negation, intensifiers,
// contrast, emoji and emoticons, CAPITALS and exclamation marks, and, in English, from trained
// weights. What is quoted counts half, the headline of an article more than its text. The words
// that moved the score most are its evidence.
// Absent in other languages and where there is neither a word nor a symbol. Linear time, and no
// more than the first 100,000 words are read; safe to call from many threads.
std::optional<Sentiment> sentiment(const Document& document);

// The same of what `tone_tokens` made of the document: reading is half of the cost, and what is
// said of targets (target_sentiment.h) is read in them too. Explained, the headline's score has its
// evidence as well.
std::optional<Sentiment> sentiment(const Document& document, ToneTokens tokens,
                                   Explain explain = Explain::No);

}  // namespace tidings::analyze
