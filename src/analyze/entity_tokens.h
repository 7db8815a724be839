// A document as the finder of names sees it: words without "'s", what stands between them, and the
// runs of words that can hold a name at all.
#pragma once

#include <cstdint>
#include <vector>

#include "analyze/entity_language.h"
#include "analyze/entity_lexicon.h"
#include "analyze/entity_words.h"
#include "analyze/entity_writing.h"
#include "text/segments.h"

namespace tidings::analyze {

struct EntityToken {
  std::uint32_t begin = 0;  // bytes of the text, "'s" left out
  std::uint32_t end = 0;
  std::uint32_t hash = 0;  // word_hash of its lower-cased form
  std::uint32_t shape = 0;
  std::uint32_t prefix = 0;  // of three bytes of the lower-cased form
  std::uint32_t suffix = 0;
  std::uint32_t long_suffix = 0;  // of five
  std::uint32_t form = 0;         // equal for equal words: one of the segments' forms
  WordClasses classes;
  bool is_inner = false;  // in lower case, but a part of names: "Assemblée nationale"
  text::Letters letters = text::Letters::Lower;
  Gap gap = Gap::Start;
  bool is_possessive = false;
  bool begins_sentence = false;
};

// Tokens [begin, end) that are a known name of several words.
struct KnownName {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  WordClasses classes;
};
constexpr std::uint32_t kKnownNameWordsMax = 5;

// Tokens [begin, end) of one sentence, with only spaces, hyphens and the like between them.
struct EntityRun {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool is_headline =
      false;              // nearly every word of the sentence is capitalized: capitals say little
  bool is_upper = false;  // nearly every word is in capitals: they say nothing
  std::uint32_t first_known = 0;  // known names in the run: indexes of EntityText::known
  std::uint32_t end_known = 0;
};

struct EntityText {
  EntityLanguage language = EntityLanguage::English;
  std::vector<EntityToken> tokens;
  std::vector<EntityRun> runs;
  std::vector<KnownName> known;           // by begin, then by end
  std::vector<std::uint8_t> seen_lower;   // by form: it stands somewhere in lower case
  std::vector<std::uint8_t> seen_inside;  // by form: it stands capitalized inside a sentence
};

// A run starts and ends with a capitalized word or a number, has at least one capitalized word, and
// may hold "of", "the" and their kind; in some languages it may begin with a word like "université"
// and end with one like "nationale"; at most kRunTokensMax tokens: a longer one is parted.
// What stands behind the first kTokensMax words, or kCapitalizedMax words of runs, is not looked
// at: an article of that length is none, and its cost has to end somewhere.
constexpr std::size_t kRunTokensMax = 64;
constexpr std::size_t kTokensMax = 60'000;
constexpr std::size_t kCapitalizedMax = 8'000;
EntityText cut_entity_text(const text::Segments& segments, EntityLanguage language,
                           EntityLexicon lexicon);

}  // namespace tidings::analyze
