// A document's words and symbols as the sentiment analyzers see them: what each means by itself and
// what its neighbors make of it.
#pragma once

#include <cstdint>
#include <vector>

#include "analyze/document.h"
#include "analyze/sentiment_lexicon.h"

namespace tidings::analyze {

struct ToneToken {
  std::uint32_t key = 0;    // tone_key of the lower-cased word in the document's language
  std::uint32_t stem = 0;   // tone_key of its stem
  std::uint32_t begin = 0;  // bytes of the document
  std::uint32_t end = 0;
  std::uint32_t sentence = 0;
  float valence = 0;  // in context, in VADER's points: negated, intensified, after "but" …
  float second = 0;   // the second opinion, likewise
  float weight = 1;   // below 1 what is quoted
  std::uint8_t exclamation_marks = 0;  // that follow it
  std::uint8_t question_marks = 0;
  ToneKind kind = ToneKind::Word;
  text::Letters letters = text::Letters::Lower;
  bool is_symbol = false;   // an emoji or an emoticon
  bool is_negated = false;  // stands in the reach of a negator
  bool is_settled =
      false;  // its valence is what the words beside it make of it, whatever it is itself
  bool is_quoted = false;
  bool is_name = false;        // written with a capital within a sentence
  bool follows_break = false;  // a comma or the like stands before it
};

struct ToneTokens {
  std::vector<ToneToken> tokens;              // in the document's order
  std::vector<std::uint32_t> sentence_begin;  // first token of each sentence, and one past the last
};

// Beyond this nothing is read: an article's tone is told by then, and memory stays bounded.
constexpr std::size_t kToneWordsMax = 100'000;

// Linear time; nothing is assumed of the text but that segments are cut from it.
ToneTokens tone_tokens(const Document& document, const SentimentLexicon& lexicon);

}  // namespace tidings::analyze
