// The words that carry tone, as data/tables/sentiment_lexicon.mjs compiles them: read in place.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/result.h"

namespace tidings::analyze {

enum class ToneKind : std::uint8_t {
  Word,
  Negator,
  Intensifier,
  Contrast,
  Fall,      // of a quantity: "drops"
  Rise,      // "climbs"
  Stopper,   // of the bad things that follow: "prevents"
  Fail,      // to do the good things that follow
  Quantity,  // what is counted: "unemployment"; its valence is that of much of it
  Rescue,    // from the bad things in its clause: "freed", "acquitted"
};

struct ToneEntry {
  std::uint32_t key = 0;
  std::int8_t valence = 0;  // 25 a point: 100 is the 4 of "most positive" (VADER's scale)
  std::int8_t second = 0;   // a second opinion in the same units (AFINN's)
  ToneKind kind = ToneKind::Word;
  // Hundredths of a point that an intensifier adds to the word after it; of a negator above 0, that
  // it may stand behind its verb.
  std::int8_t boost = 0;
};
static_assert(sizeof(ToneEntry) == 8);

// Where the keys of a language begin; symbols, such as emoji, belong to the language "".
std::uint32_t tone_seed(std::string_view language);

// The key of a lower-cased word or a symbol. A typographic apostrophe is an apostrophe.
std::uint32_t tone_key(std::uint32_t seed, std::string_view word);

// Borrows its bytes. Safe to read from many threads.
class SentimentLexicon {
 public:
  // Corrupt where the bytes are not such a table.
  static Result<SentimentLexicon> open(std::string_view bytes);
  static const SentimentLexicon& shipped();

  // None where no list knows the word.
  const ToneEntry* find(std::uint32_t key) const;
  // Begins to fetch what find() will look at: the table is larger than the caches nearby.
  void prefetch(std::uint32_t key) const { __builtin_prefetch(&entries_[key & mask_]); }

  // The entry of the lower-cased word itself, or else of the longest beginning, or else of the
  // longest ending that a list has ("asesin*", "*katastrophe").
  const ToneEntry* find_word(std::uint32_t seed, std::string_view lower) const;

 private:
  SentimentLexicon() = default;
  const ToneEntry* entries_ = nullptr;
  std::uint32_t mask_ = 0;
};

}  // namespace tidings::analyze
